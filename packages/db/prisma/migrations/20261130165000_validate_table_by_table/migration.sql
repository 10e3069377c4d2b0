-- no transaction
-- What the next migration does to all tables in one transaction, which keeps the first of them from being altered or vacuumed until the
-- last is read: here each is let go once it is read. The next one then finds nothing left to do.
DO $$
DECLARE
  v_statements constant text[] := ARRAY(
    SELECT format('ALTER TABLE %s %s', conrelid::regclass, string_agg(format('VALIDATE CONSTRAINT %I', conname), ', ' ORDER BY conname))
    FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND NOT convalidated
      AND (conname LIKE '%\_cell\_check' OR conname IN ('audit_events_log_of_check', 'audit_events_log_of_fkey'))
    GROUP BY conrelid ORDER BY conrelid::regclass::text);
  v_statement text;
BEGIN
  FOREACH v_statement IN ARRAY v_statements LOOP
    EXECUTE v_statement;
    COMMIT;
  END LOOP;
END
$$;
