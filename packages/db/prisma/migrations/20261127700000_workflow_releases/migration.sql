-- What is in force where: one row per workflow and environment, so that no read has to look through the history of publications.

CREATE TABLE workflow_releases (
    tenant_id UUID NOT NULL,
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    workflow_id UUID NOT NULL,
    environment_id UUID NOT NULL,
    publication_id UUID NOT NULL,
    workflow_version_id UUID NOT NULL,
    published_by UUID NOT NULL,
    published_at TIMESTAMPTZ(3) NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT workflow_releases_pkey PRIMARY KEY (tenant_id,id)
);

-- The same columns as before, now also a target for references.
DROP INDEX workflow_publications_tenant_id_workspace_id_workflow_id_en_idx;
CREATE UNIQUE INDEX workflow_publications_tenant_id_workspace_id_workflow_id_en_key ON workflow_publications(tenant_id, workspace_id, workflow_id, environment_id, id);

CREATE UNIQUE INDEX workflow_releases_tenant_id_workspace_id_workflow_id_enviro_key ON workflow_releases(tenant_id, workspace_id, workflow_id, environment_id);
CREATE INDEX workflow_releases_tenant_id_workspace_id_workflow_id_enviro_idx ON workflow_releases(tenant_id, workspace_id, workflow_id, environment_id, publication_id);
CREATE INDEX workflow_releases_tenant_id_workspace_id_workflow_id_workfl_idx ON workflow_releases(tenant_id, workspace_id, workflow_id, workflow_version_id);
CREATE INDEX workflow_releases_tenant_id_workspace_id_environment_id_idx ON workflow_releases(tenant_id, workspace_id, environment_id);
CREATE INDEX workflow_releases_tenant_id_published_by_idx ON workflow_releases(tenant_id, published_by);

ALTER TABLE workflow_releases
  ADD CONSTRAINT workflow_releases_tenant_id_workspace_id_fkey
  FOREIGN KEY (tenant_id, workspace_id)
  REFERENCES workspaces(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE workflow_releases
  ADD CONSTRAINT workflow_releases_tenant_id_workspace_id_workflow_id_fkey
  FOREIGN KEY (tenant_id, workspace_id, workflow_id)
  REFERENCES workflows(tenant_id, workspace_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE workflow_releases
  ADD CONSTRAINT workflow_releases_tenant_id_workspace_id_environment_id_fkey
  FOREIGN KEY (tenant_id, workspace_id, environment_id)
  REFERENCES environments(tenant_id, workspace_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE workflow_releases
  ADD CONSTRAINT workflow_releases_tenant_id_workspace_id_workflow_id_envir_fkey
  FOREIGN KEY (tenant_id, workspace_id, workflow_id, environment_id, publication_id)
  REFERENCES workflow_publications(tenant_id, workspace_id, workflow_id, environment_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE workflow_releases
  ADD CONSTRAINT workflow_releases_tenant_id_workspace_id_workflow_id_workf_fkey
  FOREIGN KEY (tenant_id, workspace_id, workflow_id, workflow_version_id)
  REFERENCES workflow_versions(tenant_id, workspace_id, workflow_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE workflow_releases
  ADD CONSTRAINT workflow_releases_tenant_id_published_by_fkey
  FOREIGN KEY (tenant_id, published_by)
  REFERENCES users(tenant_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;

CALL protect_table('workflow_releases', 'workspace');
GRANT SELECT ON workflow_releases TO aic_app;

-- The release's own id is that of the publication which made the row. Of two publishes at once the second waits for the first at the
-- unique key; whichever it is, the greater publication id stays. Security definer: nobody but the owner may write releases.
CREATE FUNCTION publication_comes_into_force() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO public.workflow_releases AS r
    (tenant_id, workspace_id, id, workflow_id, environment_id, publication_id, workflow_version_id, published_by, published_at)
    VALUES (NEW.tenant_id, NEW.workspace_id, NEW.id, NEW.workflow_id, NEW.environment_id, NEW.id, NEW.workflow_version_id,
      NEW.published_by, NEW.created_at)
    ON CONFLICT (tenant_id, workspace_id, workflow_id, environment_id) DO UPDATE
      SET (publication_id, workflow_version_id, published_by, published_at)
        = (EXCLUDED.publication_id, EXCLUDED.workflow_version_id, EXCLUDED.published_by, EXCLUDED.published_at)
      WHERE r.publication_id < EXCLUDED.publication_id;
  RETURN NULL;
END
$$;
CREATE TRIGGER comes_into_force AFTER INSERT ON workflow_publications FOR EACH ROW
  EXECUTE FUNCTION publication_comes_into_force();

-- What was published before. Creating the trigger locked the history against writers until this commits, so none is missed.
INSERT INTO workflow_releases
    (tenant_id, workspace_id, id, workflow_id, environment_id, publication_id, workflow_version_id, published_by, published_at)
  SELECT DISTINCT ON (tenant_id, workspace_id, workflow_id, environment_id)
    tenant_id, workspace_id, id, workflow_id, environment_id, id, workflow_version_id, published_by, created_at
  FROM workflow_publications
  ORDER BY tenant_id, workspace_id, workflow_id, environment_id, id DESC;
