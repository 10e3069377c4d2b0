-- A check is prepared anew by every statement that inserts, and each function in it that is written in SQL is read and inlined: two calls of
-- cell_of in the check of each table cost an INSERT 115 µs. Written out they cost 22.

CREATE OR REPLACE PROCEDURE protect_table(p_table regclass, p_scope text)
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
    -- Bytes 6 and 7 are the version and the cell: cell_of(id) = cell_of(tenant_id), written out.
    EXECUTE format(
      'ALTER TABLE %s ADD CONSTRAINT %I CHECK (substring(uuid_send(id) FROM 7 FOR 2) = substring(uuid_send(tenant_id) FROM 7 FOR 2))',
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

-- Validated by a later migration, which lets others work meanwhile.
DO $$
DECLARE
  v_check record;
BEGIN
  FOR v_check IN
    SELECT conrelid::regclass AS of_table, conname AS name FROM pg_constraint
    WHERE contype = 'c' AND pg_get_constraintdef(oid) = 'CHECK ((cell_of(id) = cell_of(tenant_id)))'
  LOOP
    EXECUTE format(
      'ALTER TABLE %s DROP CONSTRAINT %I,
        ADD CONSTRAINT %2$I CHECK (substring(uuid_send(id) FROM 7 FOR 2) = substring(uuid_send(tenant_id) FROM 7 FOR 2)) NOT VALID',
      v_check.of_table, v_check.name);
  END LOOP;
END
$$;

-- The lists of a batch are looked at by the trigger that reads them anyway, whose expressions stay prepared: as a check they cost each group
-- of decisions 190 µs. The size stays checked also where triggers are switched off, for the sealer counts by it.
ALTER TABLE audit_inbox DROP CONSTRAINT audit_inbox_lists_check, ADD CONSTRAINT audit_inbox_size_check CHECK (size BETWEEN 1 AND 1000);
CREATE OR REPLACE FUNCTION audit_inbox_takes_events() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  v_cell constant bytea := substring(uuid_send(NEW.tenant_id) FROM 7 FOR 2);
  -- Fetched once: a long list is stored outside of its row.
  v_ids constant uuid[] := NEW.event_ids;
  v_events constant text[] := NEW.events;
  v_taken boolean;
BEGIN
  -- Lists that are counted from 1, which is how the sealer takes pieces of them.
  IF (NEW.size BETWEEN 1 AND 1000 AND NEW.id = v_ids[1]
    AND cardinality(v_ids) = NEW.size AND array_ndims(v_ids) = 1 AND array_lower(v_ids, 1) = 1
    AND cardinality(v_events) = NEW.size AND array_ndims(v_events) = 1 AND array_lower(v_events, 1) = 1) IS NOT TRUE
  THEN
    RAISE EXCEPTION 'INSERT into audit_inbox is refused: its lists are not those of one batch'
      USING ERRCODE = 'check_violation', TABLE = 'audit_inbox', CONSTRAINT = 'takes_events';
  END IF;
  IF current_user = 'aic_audit' THEN
    -- JSON, without the two escapes that jsonb cannot hold (U+0000, half a surrogate pair): a fifth of the cost of reading it as jsonb, and
    -- every request waits for its decision's row. This role writes by the one statement of the group commit, which asks the rest before.
    SELECT bool_and((substring(uuid_send(said.id) FROM 7 FOR 2) = v_cell AND octet_length(said.event) <= 65536 AND said.event IS JSON OBJECT
        AND (said.event NOT LIKE '%\\u%'
          OR said.event NOT LIKE '%\\u0000%' AND said.event NOT LIKE '%\\ud%' AND said.event NOT LIKE '%\\uD%')) IS TRUE)
      INTO v_taken FROM unnest(v_ids, v_events) AS said (id, event);
  ELSE
    -- Everything that the log will ask for.
    SELECT bool_and((substring(uuid_send(said.id) FROM 7 FOR 2) = v_cell AND octet_length(said.event) <= 65536
        AND said.v ->> 'id' = said.id::text
        AND said.v ->> 'tenantId' = NEW.tenant_id::text
        -- Another spelling of a UUID is not found by it.
        AND coalesce(said.v ->> 'workspaceId' = (said.v ->> 'workspaceId')::uuid::text, true)
        AND said.v ->> 'class' IN ('decision', 'change', 'security')
        -- The pattern refuses "infinity" and years before Christ, the cast 30 February.
        AND said.v ->> 'time' LIKE '____-__-__T__:__:__.___Z' AND (said.v ->> 'time')::timestamptz IS NOT NULL
        -- The log's indexes hold these.
        AND octet_length(said.v ->> 'type') BETWEEN 1 AND 200
        AND octet_length(said.v -> 'actor' ->> 'id') BETWEEN 1 AND 200
        AND octet_length(coalesce(said.v ->> 'permission', '')) <= 200
        AND octet_length(coalesce(said.v -> 'resource' ->> 'type', '')) <= 200
        AND octet_length(coalesce(said.v -> 'resource' ->> 'id', '')) <= 1000) IS TRUE)
      INTO v_taken
      FROM (SELECT one.id, one.event, one.event::jsonb AS v FROM unnest(v_ids, v_events) AS one (id, event) OFFSET 0) AS said;
  END IF;
  IF v_taken IS NOT TRUE THEN
    RAISE EXCEPTION 'INSERT into audit_inbox is refused: the log could not take this event'
      USING ERRCODE = 'check_violation', TABLE = 'audit_inbox', CONSTRAINT = 'takes_events';
  END IF;
  RETURN NULL;
END
$$;
