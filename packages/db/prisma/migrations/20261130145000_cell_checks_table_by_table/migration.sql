-- no transaction
-- What the next migration does to every table in one transaction, which meets requests in a deadlock: here each table is
-- locked alone, for a moment. It then finds nothing left to do, and says why the check is written out.
DO $$
DECLARE
  -- All at once, before the first COMMIT: a cursor would read on while the catalogue changes.
  v_statements constant text[] := ARRAY(
    SELECT format(
      'ALTER TABLE %s DROP CONSTRAINT %I,
        ADD CONSTRAINT %2$I CHECK (substring(uuid_send(id) FROM 7 FOR 2) = substring(uuid_send(tenant_id) FROM 7 FOR 2)) NOT VALID',
      conrelid::regclass, conname)
    FROM pg_constraint
    WHERE contype = 'c' AND pg_get_constraintdef(oid) = 'CHECK ((cell_of(id) = cell_of(tenant_id)))'
    ORDER BY conrelid::regclass::text);
  v_statement text;
BEGIN
  FOREACH v_statement IN ARRAY v_statements LOOP
    EXECUTE v_statement;
    COMMIT;
  END LOOP;
END
$$;
