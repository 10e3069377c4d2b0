-- EXECUTE, so that it is planned each time: a query without parameters is planned once for as long as the sealer's connection lives,
-- whatever plan_cache_mode says. Planned for a small log it went by an index that reads all of the tenant's events for each row, and
-- a log that grew faster than it was analyzed took the sealer seconds for each turn, until it was cancelled.
CREATE OR REPLACE FUNCTION audit_inbox_keeps_unsealed() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  v_unsealed boolean;
BEGIN
  EXECUTE 'SELECT EXISTS (
    SELECT FROM gone WHERE NOT EXISTS (
      SELECT FROM public.audit_events AS e
      WHERE e.tenant_id = gone.tenant_id AND e.id = gone.id AND e.event = gone.event))' INTO v_unsealed;
  IF v_unsealed THEN
    RAISE EXCEPTION 'DELETE of audit_inbox is refused: an event is not in the log yet' USING ERRCODE = 'AE005';
  END IF;
  RETURN NULL;
END
$$;
