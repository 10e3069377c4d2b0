-- The inbox takes what the log can take. The sealer takes the events of all tenants in one turn: a row that cannot be sealed is in its
-- way, whoever wrote it. What lies there already is the sealer's to judge: hence NOT VALID.

-- Of every row: JSON, without the two escapes that jsonb cannot hold (U+0000, half a surrogate pair). This costs a tenth of reading it as
-- jsonb, and every request waits for its decision's row.
ALTER TABLE audit_inbox ADD CONSTRAINT audit_inbox_event_check
  CHECK (octet_length(event) <= 65536 AND event IS JSON OBJECT
    AND event NOT LIKE '%\\u0000%' AND event NOT LIKE '%\\ud%' AND event NOT LIKE '%\\uD%') NOT VALID;

-- Of the events of changes and jobs everything that INSERT into audit_events will ask for. Role aic_audit writes decisions by the one
-- statement of the group commit, which asks the same of each event before.
CREATE FUNCTION audit_inbox_takes_events() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  v_said constant jsonb := NEW.event::jsonb;
BEGIN
  IF (v_said ->> 'id' = NEW.id::text
    AND v_said ->> 'tenantId' = NEW.tenant_id::text
    AND v_said ->> 'workspaceId' IS NOT DISTINCT FROM NEW.workspace_id::text
    AND v_said ->> 'class' IN ('decision', 'change', 'security')
    -- The pattern refuses what depends on a session's settings, the cast 30 February.
    AND v_said ->> 'time' LIKE '____-__-__T__:__:__.___Z' AND (v_said ->> 'time')::timestamptz IS NOT NULL
    -- The log's indexes hold these.
    AND octet_length(v_said ->> 'type') BETWEEN 1 AND 200
    AND octet_length(v_said -> 'actor' ->> 'id') BETWEEN 1 AND 200
    AND octet_length(coalesce(v_said ->> 'permission', '')) <= 200
    AND octet_length(coalesce(v_said -> 'resource' ->> 'type', '')) <= 200
    AND octet_length(coalesce(v_said -> 'resource' ->> 'id', '')) <= 1000) IS NOT TRUE
  THEN
    RAISE EXCEPTION 'INSERT into audit_inbox is refused: the log could not take this event'
      USING ERRCODE = 'check_violation', TABLE = 'audit_inbox', CONSTRAINT = 'takes_events';
  END IF;
  RETURN NULL;
END
$$;
-- After: what row-level security refuses is refused by it.
CREATE TRIGGER takes_events AFTER INSERT ON audit_inbox FOR EACH ROW
  WHEN (current_user <> 'aic_audit') EXECUTE FUNCTION audit_inbox_takes_events();
