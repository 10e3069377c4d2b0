-- Keys and credentials: sealed, never in the clear.

CREATE TABLE data_keys (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    kek_id TEXT NOT NULL,
    wrapped BYTEA,
    state TEXT NOT NULL DEFAULT 'active',
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT data_keys_pkey PRIMARY KEY (tenant_id,id)
);

CREATE TABLE provider_keys (
    tenant_id UUID NOT NULL,
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    provider TEXT NOT NULL,
    name TEXT NOT NULL,
    endpoint TEXT,
    health TEXT NOT NULL DEFAULT 'unknown',
    checked_at TIMESTAMPTZ(3),
    created_by UUID NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT provider_keys_pkey PRIMARY KEY (tenant_id,id)
);

CREATE TABLE provider_key_versions (
    tenant_id UUID NOT NULL,
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    provider_key_id UUID NOT NULL,
    version INTEGER NOT NULL,
    sealed BYTEA,
    last_four TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'active',
    created_by UUID NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT provider_key_versions_pkey PRIMARY KEY (tenant_id,id)
);

CREATE TABLE connector_installations (
    tenant_id UUID NOT NULL,
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    config JSONB NOT NULL,
    credentials_sealed BYTEA,
    credentials_updated_at TIMESTAMPTZ(3),
    created_by UUID NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT connector_installations_pkey PRIMARY KEY (tenant_id,id)
);

CREATE TABLE workspace_config (
    tenant_id UUID NOT NULL,
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    key TEXT NOT NULL,
    value JSONB NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT workspace_config_pkey PRIMARY KEY (tenant_id,id)
);

CREATE INDEX provider_keys_tenant_id_created_by_idx ON provider_keys(tenant_id, created_by);
CREATE UNIQUE INDEX provider_keys_tenant_id_workspace_id_id_key ON provider_keys(tenant_id, workspace_id, id);
CREATE INDEX provider_key_versions_tenant_id_created_by_idx ON provider_key_versions(tenant_id, created_by);
CREATE UNIQUE INDEX provider_key_versions_tenant_id_workspace_id_provider_key_i_key ON provider_key_versions(tenant_id, workspace_id, provider_key_id, version);
CREATE INDEX connector_installations_tenant_id_workspace_id_id_idx ON connector_installations(tenant_id, workspace_id, id);
CREATE INDEX connector_installations_tenant_id_created_by_idx ON connector_installations(tenant_id, created_by);
CREATE UNIQUE INDEX workspace_config_tenant_id_workspace_id_key_key ON workspace_config(tenant_id, workspace_id, key);

ALTER TABLE data_keys
  ADD CONSTRAINT data_keys_tenant_id_fkey
  FOREIGN KEY (tenant_id)
  REFERENCES tenants(tenant_id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE provider_keys
  ADD CONSTRAINT provider_keys_tenant_id_workspace_id_fkey
  FOREIGN KEY (tenant_id, workspace_id)
  REFERENCES workspaces(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE provider_keys
  ADD CONSTRAINT provider_keys_tenant_id_created_by_fkey
  FOREIGN KEY (tenant_id, created_by)
  REFERENCES users(tenant_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE provider_key_versions
  ADD CONSTRAINT provider_key_versions_tenant_id_workspace_id_fkey
  FOREIGN KEY (tenant_id, workspace_id)
  REFERENCES workspaces(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE provider_key_versions
  ADD CONSTRAINT provider_key_versions_tenant_id_workspace_id_provider_key__fkey
  FOREIGN KEY (tenant_id, workspace_id, provider_key_id)
  REFERENCES provider_keys(tenant_id, workspace_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE provider_key_versions
  ADD CONSTRAINT provider_key_versions_tenant_id_created_by_fkey
  FOREIGN KEY (tenant_id, created_by)
  REFERENCES users(tenant_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE connector_installations
  ADD CONSTRAINT connector_installations_tenant_id_workspace_id_fkey
  FOREIGN KEY (tenant_id, workspace_id)
  REFERENCES workspaces(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE connector_installations
  ADD CONSTRAINT connector_installations_tenant_id_created_by_fkey
  FOREIGN KEY (tenant_id, created_by)
  REFERENCES users(tenant_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE workspace_config
  ADD CONSTRAINT workspace_config_tenant_id_workspace_id_fkey
  FOREIGN KEY (tenant_id, workspace_id)
  REFERENCES workspaces(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;

ALTER TABLE data_keys
  ADD CONSTRAINT data_keys_state_check CHECK (state IN ('active', 'retired', 'destroyed')),
  ADD CONSTRAINT data_keys_wrapped_check CHECK ((state = 'destroyed') = (wrapped IS NULL));
CREATE UNIQUE INDEX data_keys_one_active ON data_keys (tenant_id) WHERE state = 'active';
CALL protect_table('data_keys', 'tenant');
GRANT SELECT, INSERT, UPDATE (kek_id, wrapped, state) ON data_keys TO aic_app;

ALTER TABLE provider_keys
  ADD CONSTRAINT provider_keys_provider_check CHECK (provider IN ('openai', 'azure_openai', 'anthropic')),
  ADD CONSTRAINT provider_keys_health_check CHECK (health IN ('unknown', 'valid', 'invalid', 'unreachable')),
  ADD CONSTRAINT provider_keys_name_check CHECK (char_length(name) BETWEEN 1 AND 200),
  ADD CONSTRAINT provider_keys_endpoint_check CHECK ((provider = 'azure_openai') = (endpoint IS NOT NULL));
CALL protect_table('provider_keys', 'workspace');
GRANT SELECT, INSERT, DELETE, UPDATE (name, endpoint, health, checked_at) ON provider_keys TO aic_app;

ALTER TABLE provider_key_versions
  ADD CONSTRAINT provider_key_versions_version_check CHECK (version > 0),
  ADD CONSTRAINT provider_key_versions_state_check CHECK (state IN ('active', 'retiring', 'destroyed')),
  ADD CONSTRAINT provider_key_versions_sealed_check CHECK ((state = 'destroyed') = (sealed IS NULL)),
  ADD CONSTRAINT provider_key_versions_last_four_check CHECK (char_length(last_four) = 4);
CREATE UNIQUE INDEX provider_key_versions_one_active ON provider_key_versions (tenant_id, workspace_id, provider_key_id)
  WHERE state = 'active';
CALL protect_table('provider_key_versions', 'workspace');
GRANT SELECT, INSERT, UPDATE (sealed, state) ON provider_key_versions TO aic_app;

ALTER TABLE connector_installations
  ADD CONSTRAINT connector_installations_kind_check CHECK (kind IN ('servicenow', 'webhook')),
  ADD CONSTRAINT connector_installations_name_check CHECK (char_length(name) BETWEEN 1 AND 200),
  ADD CONSTRAINT connector_installations_config_check CHECK (jsonb_typeof(config) = 'object'),
  ADD CONSTRAINT connector_installations_credentials_check
    CHECK ((credentials_sealed IS NULL) = (credentials_updated_at IS NULL));
CALL protect_table('connector_installations', 'workspace');
GRANT SELECT, INSERT, DELETE, UPDATE (name, config, credentials_sealed, credentials_updated_at) ON connector_installations
  TO aic_app;

ALTER TABLE workspace_config
  ADD CONSTRAINT workspace_config_key_check CHECK (char_length(key) BETWEEN 1 AND 100);
CALL protect_table('workspace_config', 'workspace');
GRANT SELECT, INSERT, DELETE, UPDATE (value) ON workspace_config TO aic_app;
