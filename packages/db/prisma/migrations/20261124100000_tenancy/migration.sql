-- Tenants, workspaces, environments, and the tools that every later table uses. Runs as aic_owner, which owns the database;
-- the roles themselves belong to the cluster and are made by `pnpm db:bootstrap`.

-- Nobody gets anything here without being named.
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO aic_app, aic_audit, aic_sealer, aic_jobs;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON ROUTINES FROM PUBLIC;

-- The cell code inside an id (UUIDv8), or -1 for any other UUID. One expression, so that the planner inlines it.
CREATE FUNCTION cell_of(p_id uuid) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN get_byte(uuid_send(p_id), 6) >> 4 = 8
  THEN ((get_byte(uuid_send(p_id), 6) & 15) << 8) | get_byte(uuid_send(p_id), 7)
  ELSE -1
END;

-- The reserved tenant `platform`: an id whose time and random bits are zero.
CREATE FUNCTION is_platform_tenant(p_tenant_id uuid) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN p_tenant_id::text LIKE '00000000-0000-8___-8000-000000000000';

GRANT EXECUTE ON FUNCTION cell_of(uuid), is_platform_tenant(uuid) TO aic_app, aic_audit, aic_sealer, aic_jobs;

-- Row-level security and the cell check of one table. The sub-selects make the scope evaluated once per statement, and an
-- unset scope equals nothing. `p_scope` says whose rows they are:
--   tenant               the tenant's
--   workspace            a workspace's: app.workspace_id is its id, or `*` for tenant-wide work
--   workspace_or_tenant  either (workspace_id null); a workspace's scope reads both and writes its own only
--   custom               none for aic_app: the caller writes the policies
CREATE PROCEDURE protect_table(p_table regclass, p_scope text)
LANGUAGE plpgsql AS $$
DECLARE
  v_tenant constant text := $e$tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)$e$;
  v_workspace constant text := $e$((SELECT current_setting('app.workspace_id', true)) = '*'
    OR workspace_id = (SELECT nullif(nullif(current_setting('app.workspace_id', true), ''), '*')::uuid))$e$;
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', p_table);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', p_table);
  -- Forced row-level security binds the owner too: without this its backfills would do nothing, silently.
  EXECUTE format('CREATE POLICY owner_all ON %s TO aic_owner USING (true) WITH CHECK (true)', p_table);
  IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = p_table AND attname = 'id' AND NOT attisdropped) THEN
    EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I CHECK (cell_of(id) = cell_of(tenant_id))',
      p_table, (SELECT relname FROM pg_class WHERE oid = p_table) || '_cell_check');
  END IF;
  CASE p_scope
    WHEN 'tenant' THEN
      EXECUTE format('CREATE POLICY app_scope ON %s TO aic_app USING (%s)', p_table, v_tenant);
    WHEN 'workspace' THEN
      EXECUTE format('CREATE POLICY app_scope ON %s TO aic_app USING (%s AND %s)', p_table, v_tenant, v_workspace);
    WHEN 'workspace_or_tenant' THEN
      EXECUTE format('CREATE POLICY app_scope ON %s TO aic_app USING (%s AND %s)', p_table, v_tenant, v_workspace);
      EXECUTE format('CREATE POLICY app_reads_tenant_wide ON %s FOR SELECT TO aic_app USING (%s AND workspace_id IS NULL)
        ', p_table, v_tenant || $e$ AND (SELECT current_setting('app.workspace_id', true)) <> ''$e$);
    WHEN 'custom' THEN
      NULL;
    ELSE
      RAISE EXCEPTION 'protect_table: scope % is none of tenant, workspace, workspace_or_tenant, custom', p_scope;
  END CASE;
END
$$;

-- For tables whose rows never change.
CREATE FUNCTION refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: its rows never change', TG_OP, TG_TABLE_NAME USING ERRCODE = 'AE002';
END
$$;

-- For columns that never change; the trigger's WHEN says which.
CREATE FUNCTION refuse_column_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'UPDATE of % is refused: % never changes', TG_TABLE_NAME, TG_ARGV[0] USING ERRCODE = 'AE002';
END
$$;

-- Makes a table immutable for everybody, its owner included. Deleting is possible only where it says so (below).
CREATE PROCEDURE make_immutable(p_table regclass, p_deletable boolean)
LANGUAGE plpgsql AS $$
BEGIN
  -- Per statement: also an UPDATE that would touch no row is refused.
  EXECUTE format('CREATE TRIGGER immutable BEFORE UPDATE OR TRUNCATE %s ON %s FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
    CASE WHEN p_deletable THEN '' ELSE 'OR DELETE' END, p_table);
END
$$;

-- Lets a row go only in the cascade from one of the ancestors named in pairs of arguments (table, column): by then the ancestor
-- is gone. Not pg_trigger_depth(), which any other trigger would satisfy. Security definer: it must see ancestors of any scope.
CREATE FUNCTION delete_by_cascade_only() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_there boolean;
BEGIN
  FOR i IN 0 .. TG_NARGS - 1 BY 2 LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM public.%I WHERE tenant_id = $1 AND id = $2)', TG_ARGV[i])
      INTO v_there USING OLD.tenant_id, (to_jsonb(OLD) ->> TG_ARGV[i + 1])::uuid;
    IF NOT v_there THEN
      RETURN OLD;
    END IF;
  END LOOP;
  RAISE EXCEPTION 'DELETE of % is refused: its rows go only with what they belong to', TG_TABLE_NAME USING ERRCODE = 'AE002';
END
$$;

CREATE TABLE tenants (
    tenant_id UUID NOT NULL,
    name TEXT NOT NULL,
    slug TEXT NOT NULL,
    region TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'active',
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT tenants_pkey PRIMARY KEY (tenant_id)
);

CREATE TABLE workspaces (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    region TEXT NOT NULL,
    data_persistence_mode TEXT NOT NULL DEFAULT 'metadata_only',
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT workspaces_pkey PRIMARY KEY (tenant_id,id)
);

CREATE TABLE environments (
    tenant_id UUID NOT NULL,
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT environments_pkey PRIMARY KEY (tenant_id,id)
);

CREATE TABLE cell_marker (
    singleton BOOLEAN NOT NULL DEFAULT true,
    cell INTEGER NOT NULL,
    region TEXT NOT NULL,
    role_table_version INTEGER NOT NULL DEFAULT 0,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT cell_marker_pkey PRIMARY KEY (singleton)
);

CREATE UNIQUE INDEX tenants_slug_key ON tenants(slug);
CREATE UNIQUE INDEX workspaces_tenant_id_name_key ON workspaces(tenant_id, name);
CREATE UNIQUE INDEX environments_tenant_id_workspace_id_id_key ON environments(tenant_id, workspace_id, id);
CREATE UNIQUE INDEX environments_tenant_id_workspace_id_name_key ON environments(tenant_id, workspace_id, name);

ALTER TABLE workspaces
  ADD CONSTRAINT workspaces_tenant_id_fkey
  FOREIGN KEY (tenant_id)
  REFERENCES tenants(tenant_id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE environments
  ADD CONSTRAINT environments_tenant_id_workspace_id_fkey
  FOREIGN KEY (tenant_id, workspace_id)
  REFERENCES workspaces(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;

-- One marker row, made by the migration runner.
ALTER TABLE cell_marker
  ADD CONSTRAINT cell_marker_singleton_check CHECK (singleton),
  ADD CONSTRAINT cell_marker_cell_check CHECK (cell BETWEEN 0 AND 4095),
  ADD CONSTRAINT cell_marker_region_check CHECK (region ~ '^[a-z]{2}(-[a-z]+)+-[0-9]$');
CREATE TRIGGER cell_never_changes BEFORE UPDATE ON cell_marker FOR EACH ROW
  WHEN ((OLD.cell, OLD.region) IS DISTINCT FROM (NEW.cell, NEW.region)) EXECUTE FUNCTION refuse_column_change('the cell');
GRANT SELECT ON cell_marker TO aic_app, aic_audit, aic_sealer, aic_jobs;

-- Data stays in its region: a tenant's id names this cell, and its region and that of its workspaces are this database's.
CREATE FUNCTION must_live_in_this_cell() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_marker record;
BEGIN
  SELECT cell, region INTO v_marker FROM public.cell_marker;
  IF public.cell_of(NEW.tenant_id) IS DISTINCT FROM v_marker.cell OR NEW.region IS DISTINCT FROM v_marker.region THEN
    RAISE EXCEPTION '% of tenant % and region % does not belong here: this is cell % of %',
      TG_TABLE_NAME, NEW.tenant_id, NEW.region, v_marker.cell, v_marker.region USING ERRCODE = 'AE004';
  END IF;
  RETURN NEW;
END
$$;

ALTER TABLE tenants
  ADD CONSTRAINT tenants_name_check CHECK (char_length(name) BETWEEN 1 AND 200),
  ADD CONSTRAINT tenants_slug_check CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  ADD CONSTRAINT tenants_region_check CHECK (region ~ '^[a-z]{2}(-[a-z]+)+-[0-9]$'),
  ADD CONSTRAINT tenants_state_check CHECK (state IN ('active', 'offboarded'));
CALL protect_table('tenants', 'tenant');
-- Platform administrators list tenants: names and regions, none of their data.
CREATE POLICY platform_lists_tenants ON tenants FOR SELECT TO aic_app
  USING (is_platform_tenant((SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)));
CREATE POLICY jobs_read ON tenants FOR SELECT TO aic_jobs USING (true);
CREATE TRIGGER lives_in_this_cell BEFORE INSERT ON tenants FOR EACH ROW EXECUTE FUNCTION must_live_in_this_cell();
CREATE TRIGGER home_never_changes BEFORE UPDATE ON tenants FOR EACH ROW
  WHEN ((OLD.tenant_id, OLD.region) IS DISTINCT FROM (NEW.tenant_id, NEW.region)) EXECUTE FUNCTION refuse_column_change('region');
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON tenants FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT, UPDATE (name, slug, state) ON tenants TO aic_app;
GRANT SELECT ON tenants TO aic_jobs;

ALTER TABLE workspaces
  ADD CONSTRAINT workspaces_name_check CHECK (char_length(name) BETWEEN 1 AND 200),
  ADD CONSTRAINT workspaces_region_check CHECK (region ~ '^[a-z]{2}(-[a-z]+)+-[0-9]$'),
  ADD CONSTRAINT workspaces_data_persistence_mode_check CHECK (data_persistence_mode IN ('metadata_only', 'full'));
CALL protect_table('workspaces', 'custom');
-- As `workspace` above, with the workspace's own id.
CREATE POLICY app_scope ON workspaces TO aic_app USING (
  tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)
  AND ((SELECT current_setting('app.workspace_id', true)) = '*'
    OR id = (SELECT nullif(nullif(current_setting('app.workspace_id', true), ''), '*')::uuid)));
CREATE TRIGGER lives_in_this_cell BEFORE INSERT ON workspaces FOR EACH ROW EXECUTE FUNCTION must_live_in_this_cell();
CREATE TRIGGER home_never_changes BEFORE UPDATE ON workspaces FOR EACH ROW
  WHEN ((OLD.tenant_id, OLD.id, OLD.region) IS DISTINCT FROM (NEW.tenant_id, NEW.id, NEW.region))
  EXECUTE FUNCTION refuse_column_change('region');
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON workspaces FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT, DELETE, UPDATE (name, data_persistence_mode) ON workspaces TO aic_app;

ALTER TABLE environments
  ADD CONSTRAINT environments_name_check CHECK (name ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$');
CALL protect_table('environments', 'workspace');
GRANT SELECT, INSERT, DELETE ON environments TO aic_app;
