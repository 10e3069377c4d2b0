-- Workflows and policies: versions that never change, and what is in force where.

CREATE TABLE workflows (
    tenant_id UUID NOT NULL,
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    created_by UUID NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT workflows_pkey PRIMARY KEY (tenant_id,id)
);

CREATE TABLE workflow_versions (
    tenant_id UUID NOT NULL,
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    workflow_id UUID NOT NULL,
    version INTEGER NOT NULL,
    source TEXT NOT NULL,
    definition JSONB NOT NULL,
    digest TEXT NOT NULL,
    risk_tier TEXT NOT NULL,
    created_by UUID NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT workflow_versions_pkey PRIMARY KEY (tenant_id,id)
);

CREATE TABLE workflow_publications (
    tenant_id UUID NOT NULL,
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    workflow_id UUID NOT NULL,
    workflow_version_id UUID NOT NULL,
    environment_id UUID NOT NULL,
    published_by UUID NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT workflow_publications_pkey PRIMARY KEY (tenant_id,id)
);

CREATE TABLE policies (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    created_by UUID NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT policies_pkey PRIMARY KEY (tenant_id,id)
);

CREATE TABLE policy_versions (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    policy_id UUID NOT NULL,
    version INTEGER NOT NULL,
    source TEXT NOT NULL,
    digest TEXT NOT NULL,
    created_by UUID NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT policy_versions_pkey PRIMARY KEY (tenant_id,id)
);

CREATE TABLE policy_bindings (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    workspace_id UUID,
    policy_id UUID NOT NULL,
    policy_version_id UUID NOT NULL,
    created_by UUID NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT policy_bindings_pkey PRIMARY KEY (tenant_id,id)
);

CREATE INDEX workflows_tenant_id_created_by_idx ON workflows(tenant_id, created_by);
CREATE UNIQUE INDEX workflows_tenant_id_workspace_id_id_key ON workflows(tenant_id, workspace_id, id);
CREATE UNIQUE INDEX workflows_tenant_id_workspace_id_name_key ON workflows(tenant_id, workspace_id, name);
CREATE INDEX workflow_versions_tenant_id_created_by_idx ON workflow_versions(tenant_id, created_by);
CREATE UNIQUE INDEX workflow_versions_tenant_id_workspace_id_workflow_id_id_key ON workflow_versions(tenant_id, workspace_id, workflow_id, id);
CREATE UNIQUE INDEX workflow_versions_tenant_id_workspace_id_workflow_id_versio_key ON workflow_versions(tenant_id, workspace_id, workflow_id, version);
CREATE INDEX workflow_publications_tenant_id_workspace_id_workflow_id_en_idx ON workflow_publications(tenant_id, workspace_id, workflow_id, environment_id, id);
CREATE INDEX workflow_publications_tenant_id_workspace_id_workflow_id_wo_idx ON workflow_publications(tenant_id, workspace_id, workflow_id, workflow_version_id);
CREATE INDEX workflow_publications_tenant_id_workspace_id_environment_id_idx ON workflow_publications(tenant_id, workspace_id, environment_id);
CREATE INDEX workflow_publications_tenant_id_published_by_idx ON workflow_publications(tenant_id, published_by);
CREATE INDEX policies_tenant_id_created_by_idx ON policies(tenant_id, created_by);
CREATE UNIQUE INDEX policies_tenant_id_name_key ON policies(tenant_id, name);
CREATE INDEX policy_versions_tenant_id_created_by_idx ON policy_versions(tenant_id, created_by);
CREATE UNIQUE INDEX policy_versions_tenant_id_policy_id_id_key ON policy_versions(tenant_id, policy_id, id);
CREATE UNIQUE INDEX policy_versions_tenant_id_policy_id_version_key ON policy_versions(tenant_id, policy_id, version);
CREATE INDEX policy_bindings_tenant_id_policy_id_policy_version_id_idx ON policy_bindings(tenant_id, policy_id, policy_version_id);
CREATE INDEX policy_bindings_tenant_id_workspace_id_id_idx ON policy_bindings(tenant_id, workspace_id, id);
CREATE INDEX policy_bindings_tenant_id_created_by_idx ON policy_bindings(tenant_id, created_by);
CREATE UNIQUE INDEX policy_bindings_tenant_id_policy_id_workspace_id_key ON policy_bindings(tenant_id, policy_id, workspace_id);

ALTER TABLE workflows
  ADD CONSTRAINT workflows_tenant_id_workspace_id_fkey
  FOREIGN KEY (tenant_id, workspace_id)
  REFERENCES workspaces(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE workflows
  ADD CONSTRAINT workflows_tenant_id_created_by_fkey
  FOREIGN KEY (tenant_id, created_by)
  REFERENCES users(tenant_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE workflow_versions
  ADD CONSTRAINT workflow_versions_tenant_id_workspace_id_fkey
  FOREIGN KEY (tenant_id, workspace_id)
  REFERENCES workspaces(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE workflow_versions
  ADD CONSTRAINT workflow_versions_tenant_id_workspace_id_workflow_id_fkey
  FOREIGN KEY (tenant_id, workspace_id, workflow_id)
  REFERENCES workflows(tenant_id, workspace_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE workflow_versions
  ADD CONSTRAINT workflow_versions_tenant_id_created_by_fkey
  FOREIGN KEY (tenant_id, created_by)
  REFERENCES users(tenant_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE workflow_publications
  ADD CONSTRAINT workflow_publications_tenant_id_workspace_id_fkey
  FOREIGN KEY (tenant_id, workspace_id)
  REFERENCES workspaces(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE workflow_publications
  ADD CONSTRAINT workflow_publications_tenant_id_workspace_id_workflow_id_fkey
  FOREIGN KEY (tenant_id, workspace_id, workflow_id)
  REFERENCES workflows(tenant_id, workspace_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE workflow_publications
  ADD CONSTRAINT workflow_publications_tenant_id_workspace_id_workflow_id_w_fkey
  FOREIGN KEY (tenant_id, workspace_id, workflow_id, workflow_version_id)
  REFERENCES workflow_versions(tenant_id, workspace_id, workflow_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE workflow_publications
  ADD CONSTRAINT workflow_publications_tenant_id_workspace_id_environment_i_fkey
  FOREIGN KEY (tenant_id, workspace_id, environment_id)
  REFERENCES environments(tenant_id, workspace_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE workflow_publications
  ADD CONSTRAINT workflow_publications_tenant_id_published_by_fkey
  FOREIGN KEY (tenant_id, published_by)
  REFERENCES users(tenant_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE policies
  ADD CONSTRAINT policies_tenant_id_fkey
  FOREIGN KEY (tenant_id)
  REFERENCES tenants(tenant_id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE policies
  ADD CONSTRAINT policies_tenant_id_created_by_fkey
  FOREIGN KEY (tenant_id, created_by)
  REFERENCES users(tenant_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE policy_versions
  ADD CONSTRAINT policy_versions_tenant_id_policy_id_fkey
  FOREIGN KEY (tenant_id, policy_id)
  REFERENCES policies(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE policy_versions
  ADD CONSTRAINT policy_versions_tenant_id_created_by_fkey
  FOREIGN KEY (tenant_id, created_by)
  REFERENCES users(tenant_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE policy_bindings
  ADD CONSTRAINT policy_bindings_tenant_id_workspace_id_fkey
  FOREIGN KEY (tenant_id, workspace_id)
  REFERENCES workspaces(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE policy_bindings
  ADD CONSTRAINT policy_bindings_tenant_id_policy_id_fkey
  FOREIGN KEY (tenant_id, policy_id)
  REFERENCES policies(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE policy_bindings
  ADD CONSTRAINT policy_bindings_tenant_id_policy_id_policy_version_id_fkey
  FOREIGN KEY (tenant_id, policy_id, policy_version_id)
  REFERENCES policy_versions(tenant_id, policy_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE policy_bindings
  ADD CONSTRAINT policy_bindings_tenant_id_created_by_fkey
  FOREIGN KEY (tenant_id, created_by)
  REFERENCES users(tenant_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE workflows
  ADD CONSTRAINT workflows_name_check CHECK (char_length(name) BETWEEN 1 AND 200);
CALL protect_table('workflows', 'workspace');
GRANT SELECT, INSERT, DELETE, UPDATE (name, description) ON workflows TO aic_app;

ALTER TABLE workflow_versions
  ADD CONSTRAINT workflow_versions_version_check CHECK (version > 0),
  ADD CONSTRAINT workflow_versions_risk_tier_check CHECK (risk_tier IN ('low', 'medium', 'high', 'critical')),
  ADD CONSTRAINT workflow_versions_source_check CHECK (char_length(source) BETWEEN 1 AND 1000000),
  ADD CONSTRAINT workflow_versions_definition_check CHECK (jsonb_typeof(definition) = 'object'),
  ADD CONSTRAINT workflow_versions_digest_check CHECK (char_length(digest) BETWEEN 1 AND 200);
CALL protect_table('workflow_versions', 'workspace');
CALL make_immutable('workflow_versions', true);
CREATE TRIGGER delete_by_cascade BEFORE DELETE ON workflow_versions FOR EACH ROW
  EXECUTE FUNCTION delete_by_cascade_only('workflows', 'workflow_id', 'workspaces', 'workspace_id');
GRANT SELECT, INSERT ON workflow_versions TO aic_app;

CALL protect_table('workflow_publications', 'workspace');
CALL make_immutable('workflow_publications', true);
CREATE TRIGGER delete_by_cascade BEFORE DELETE ON workflow_publications FOR EACH ROW
  EXECUTE FUNCTION delete_by_cascade_only('workflows', 'workflow_id', 'workspaces', 'workspace_id');
GRANT SELECT, INSERT ON workflow_publications TO aic_app;

ALTER TABLE policies
  ADD CONSTRAINT policies_name_check CHECK (char_length(name) BETWEEN 1 AND 200);
CALL protect_table('policies', 'tenant');
GRANT SELECT, INSERT, DELETE, UPDATE (name, description) ON policies TO aic_app;

ALTER TABLE policy_versions
  ADD CONSTRAINT policy_versions_version_check CHECK (version > 0),
  ADD CONSTRAINT policy_versions_source_check CHECK (char_length(source) BETWEEN 1 AND 1000000),
  ADD CONSTRAINT policy_versions_digest_check CHECK (char_length(digest) BETWEEN 1 AND 200);
CALL protect_table('policy_versions', 'tenant');
CALL make_immutable('policy_versions', true);
CREATE TRIGGER delete_by_cascade BEFORE DELETE ON policy_versions FOR EACH ROW
  EXECUTE FUNCTION delete_by_cascade_only('policies', 'policy_id');
GRANT SELECT, INSERT ON policy_versions TO aic_app;

CALL protect_table('policy_bindings', 'workspace_or_tenant');
GRANT SELECT, INSERT, DELETE, UPDATE (policy_version_id) ON policy_bindings TO aic_app;
