-- A principal of one tenant cannot enter another one, whatever the application has decided: only the platform's
-- administrators do. Everything else is as before.
CREATE OR REPLACE FUNCTION begin_scope(
  p_tenant uuid, p_workspace text, p_principal_tenant uuid, p_principal uuid, p_epoch bigint, p_read_only boolean
) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY INVOKER PARALLEL UNSAFE AS $$
DECLARE
  v_set text;
  v_epoch bigint;
BEGIN
  IF p_principal IS NOT NULL THEN
    v_set := pg_catalog.set_config('app.tenant_id', p_principal_tenant::text, true);
    SELECT u.epoch INTO v_epoch FROM public.users AS u WHERE u.tenant_id = p_principal_tenant AND u.id = p_principal;
    IF v_epoch IS DISTINCT FROM p_epoch OR p_epoch IS NULL THEN
      RAISE EXCEPTION 'the rights of this principal have changed' USING ERRCODE = 'AE001';
    END IF;
  END IF;
  IF p_principal IS NULL OR p_tenant IS DISTINCT FROM p_principal_tenant THEN
    IF p_principal IS NOT NULL AND NOT public.is_platform_tenant(p_principal_tenant) THEN
      RAISE EXCEPTION 'a principal of one tenant cannot act in another' USING ERRCODE = 'AE007';
    END IF;
    v_set := pg_catalog.set_config('app.tenant_id', coalesce(p_tenant::text, ''), true);
  END IF;
  v_set := pg_catalog.set_config('app.workspace_id', coalesce(p_workspace, ''), true);
  IF p_read_only THEN
    v_set := pg_catalog.set_config('transaction_read_only', 'on', true);
  END IF;
END
$$;
