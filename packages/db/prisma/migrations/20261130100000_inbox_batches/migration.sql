-- A row of the inbox is a batch (docs/adr/0010): events of one tenant that become durable together. What each row costs (the look at its
-- tenant, its check, its entry in the index) is paid once for a batch, and no longer for each event of each request.

ALTER TABLE audit_inbox
  ADD COLUMN size INTEGER,
  ADD COLUMN event_ids UUID[],
  ADD COLUMN events TEXT[];
-- Not compressed: that would cost more than writing it, and the row is soon gone.
ALTER TABLE audit_inbox ALTER COLUMN events SET STORAGE EXTERNAL;

-- The rows that are there, as the owner, who alone can: each a batch of one, also what the check of `event` let stay.
ALTER TABLE audit_inbox DROP CONSTRAINT audit_inbox_event_check;
ALTER TABLE audit_inbox DISABLE TRIGGER immutable;
UPDATE audit_inbox SET size = 1, event_ids = ARRAY[id], events = ARRAY[event];
ALTER TABLE audit_inbox ENABLE TRIGGER immutable;

ALTER TABLE audit_inbox
  ALTER COLUMN size SET NOT NULL,
  ALTER COLUMN event_ids SET NOT NULL,
  ALTER COLUMN events SET NOT NULL,
  DROP COLUMN event,
  DROP COLUMN workspace_id,
  -- Lists that are counted from 1, which is how the sealer takes pieces of them.
  ADD CONSTRAINT audit_inbox_lists_check
    CHECK ((size BETWEEN 1 AND 1000 AND id = event_ids[1]
      AND cardinality(event_ids) = size AND array_ndims(event_ids) = 1 AND array_lower(event_ids, 1) = 1
      AND cardinality(events) = size AND array_ndims(events) = 1 AND array_lower(events, 1) = 1) IS TRUE);

-- When it was written is for the database to say: an infinite time would fail every turn of the sealer.
REVOKE INSERT ON audit_inbox FROM aic_app, aic_audit, aic_jobs;
GRANT INSERT (tenant_id, id, size, event_ids, events) ON audit_inbox TO aic_app, aic_audit, aic_jobs;

-- The inbox takes what the log can take. The sealer takes the events of all tenants in one turn: one that cannot be sealed is in its
-- way, whoever wrote it.
CREATE OR REPLACE FUNCTION audit_inbox_takes_events() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  v_taken boolean;
BEGIN
  IF current_user = 'aic_audit' THEN
    -- JSON, without the two escapes that jsonb cannot hold (U+0000, half a surrogate pair): a fifth of the cost of reading it as jsonb, and
    -- every request waits for its decision's row. This role writes by the one statement of the group commit, which asks the rest before.
    SELECT bool_and((public.cell_of(said.id) = public.cell_of(NEW.tenant_id) AND octet_length(said.event) <= 65536 AND said.event IS JSON OBJECT
        AND (said.event NOT LIKE '%\\u%'
          OR said.event NOT LIKE '%\\u0000%' AND said.event NOT LIKE '%\\ud%' AND said.event NOT LIKE '%\\uD%')) IS TRUE)
      INTO v_taken FROM unnest(NEW.event_ids, NEW.events) AS said (id, event);
  ELSE
    -- Everything that INSERT into audit_events will ask for.
    SELECT bool_and((public.cell_of(said.id) = public.cell_of(NEW.tenant_id) AND octet_length(said.event) <= 65536
        AND said.v ->> 'id' = said.id::text
        AND said.v ->> 'tenantId' = NEW.tenant_id::text
        -- Another spelling of a UUID is not found by it.
        AND coalesce(said.v ->> 'workspaceId' = (said.v ->> 'workspaceId')::uuid::text, true)
        AND said.v ->> 'class' IN ('decision', 'change', 'security')
        -- The pattern refuses what depends on a session's settings, the cast 30 February.
        AND said.v ->> 'time' LIKE '____-__-__T__:__:__.___Z' AND (said.v ->> 'time')::timestamptz IS NOT NULL
        -- The log's indexes hold these.
        AND octet_length(said.v ->> 'type') BETWEEN 1 AND 200
        AND octet_length(said.v -> 'actor' ->> 'id') BETWEEN 1 AND 200
        AND octet_length(coalesce(said.v ->> 'permission', '')) <= 200
        AND octet_length(coalesce(said.v -> 'resource' ->> 'type', '')) <= 200
        AND octet_length(coalesce(said.v -> 'resource' ->> 'id', '')) <= 1000) IS TRUE)
      INTO v_taken
      FROM (SELECT one.id, one.event, one.event::jsonb AS v FROM unnest(NEW.event_ids, NEW.events) AS one (id, event) OFFSET 0) AS said;
  END IF;
  IF v_taken IS NOT TRUE THEN
    RAISE EXCEPTION 'INSERT into audit_inbox is refused: the log could not take this event'
      USING ERRCODE = 'check_violation', TABLE = 'audit_inbox', CONSTRAINT = 'takes_events';
  END IF;
  RETURN NULL;
END
$$;
-- After: what row-level security refuses is refused by it.
DROP TRIGGER takes_events ON audit_inbox;
CREATE TRIGGER takes_events AFTER INSERT ON audit_inbox FOR EACH ROW EXECUTE FUNCTION audit_inbox_takes_events();

-- EXECUTE, so that it is planned each time: a query without parameters is planned once for as long as the sealer's connection lives,
-- whatever plan_cache_mode says. LIMIT, so that each event is looked up by its id: as a join it would, in a log that was never analyzed,
-- go by an index that has all of the tenant's events in the way.
CREATE OR REPLACE FUNCTION audit_inbox_keeps_unsealed() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  v_unsealed boolean;
BEGIN
  EXECUTE 'SELECT EXISTS (
    SELECT FROM gone CROSS JOIN LATERAL unnest(gone.event_ids, gone.events) AS said (id, event) WHERE NOT EXISTS (
      SELECT FROM (SELECT e.event FROM public.audit_events AS e WHERE e.tenant_id = gone.tenant_id AND e.id = said.id LIMIT 1) AS sealed
      WHERE sealed.event = said.event))' INTO v_unsealed;
  IF v_unsealed THEN
    RAISE EXCEPTION 'DELETE of audit_inbox is refused: an event is not in the log yet' USING ERRCODE = 'AE005';
  END IF;
  RETURN NULL;
END
$$;

-- The workspace is one more column that the log fills from the text: the inbox no longer has it.
CREATE OR REPLACE FUNCTION audit_events_say_their_text() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  v_said constant jsonb := NEW.event::jsonb;
BEGIN
  NEW.workspace_id := v_said ->> 'workspaceId';
  IF (v_said ->> 'id' = NEW.id::text AND v_said ->> 'tenantId' = NEW.tenant_id::text
    -- Another spelling of a UUID would be another text than its column's.
    AND v_said ->> 'workspaceId' IS NOT DISTINCT FROM NEW.workspace_id::text
    -- Not "infinity", and no year before Christ, which Postgres has and nobody else reads.
    AND v_said ->> 'time' LIKE '____-__-__T__:__:__.___Z') IS NOT TRUE
  THEN
    RAISE EXCEPTION 'INSERT into audit_events is refused: a column says what the event does not'
      USING ERRCODE = 'check_violation', TABLE = 'audit_events', CONSTRAINT = 'audit_events_columns_check';
  END IF;
  NEW.time := v_said ->> 'time';
  NEW.class := v_said ->> 'class';
  NEW.type := v_said ->> 'type';
  NEW.actor_id := v_said -> 'actor' ->> 'id';
  -- What was asked or done: of a decision the permission, of anything else the type.
  NEW.action := CASE WHEN NEW.class = 'decision' THEN coalesce(v_said ->> 'permission', NEW.type) ELSE NEW.type END;
  NEW.outcome := v_said ->> 'outcome';
  NEW.resource_type := v_said -> 'resource' ->> 'type';
  NEW.resource_id := v_said -> 'resource' ->> 'id';
  RETURN NEW;
END
$$;
