-- The checks and the key that the migrations before have added: each table is read while others read and write it, once for all its checks.
DO $$
DECLARE
  v_table record;
BEGIN
  FOR v_table IN
    SELECT conrelid::regclass AS name, string_agg(format('VALIDATE CONSTRAINT %I', conname), ', ' ORDER BY conname) AS validations
    FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND NOT convalidated
      AND (conname LIKE '%\_cell\_check' OR conname IN ('audit_events_log_of_check', 'audit_events_log_of_fkey'))
    GROUP BY conrelid ORDER BY 1
  LOOP
    EXECUTE format('ALTER TABLE %s %s', v_table.name, v_table.validations);
  END LOOP;
END
$$;
