-- The scope is opened by a plain statement (packages/db/src/begin-scope.ts, docs/adr/0011): PL/pgSQL prepares the expressions of a function
-- anew in every transaction, which every read paid for. The function begin_scope stays for the servers of the version before, and
-- goes with the next one.

-- How the statement refuses: SQL itself cannot raise.
CREATE FUNCTION refuse_scope(p_state text, p_message text) RETURNS text
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE AS $$
BEGIN
  RAISE EXCEPTION '%', p_message USING ERRCODE = p_state;
END
$$;

GRANT EXECUTE ON FUNCTION refuse_scope(text, text) TO aic_app;
