-- The checks and the key that the two migrations before have added: each table is read once, while others read and write it.
DO $$
DECLARE
  v_check record;
BEGIN
  FOR v_check IN
    SELECT conrelid::regclass AS of_table, conname AS name FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND NOT convalidated
      AND (conname LIKE '%\_cell\_check' OR conname IN ('audit_events_log_of_check', 'audit_events_log_of_fkey'))
    ORDER BY 1, 2
  LOOP
    EXECUTE format('ALTER TABLE %s VALIDATE CONSTRAINT %I', v_check.of_table, v_check.name);
  END LOOP;
END
$$;
