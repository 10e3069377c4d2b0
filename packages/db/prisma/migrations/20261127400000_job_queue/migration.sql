-- The way into the job queue (docs/adr/0008). Its own tables are in a schema of their own, graphile_worker, which the migration
-- runner makes right after these files; the functions below look it up when they are called.

-- Adds a job of a tenant, in the caller's transaction: it is there when that commits, and not otherwise. `p_ids` holds ids and
-- nothing else; the tenant's is stamped on it. A job with the same task and key that waits is replaced.
CREATE FUNCTION enqueue_for(
  p_tenant_id uuid, p_task text, p_ids jsonb, p_run_at timestamptz DEFAULT NULL, p_key uuid DEFAULT NULL
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF p_tenant_id IS NULL THEN
    RAISE EXCEPTION 'a job is a tenant''s: there is none in scope' USING ERRCODE = 'AE007';
  END IF;
  IF jsonb_typeof(p_ids) <> 'object' OR EXISTS (
    SELECT FROM jsonb_each(p_ids) AS e (name, value)
    WHERE e.value #>> '{}' !~ '^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$'
  ) THEN
    RAISE EXCEPTION 'a job''s payload holds ids only' USING ERRCODE = 'AE007';
  END IF;
  PERFORM graphile_worker.add_job(
    identifier => p_task,
    payload => (p_ids || jsonb_build_object('tenantId', p_tenant_id))::json,
    run_at => p_run_at,
    job_key => CASE WHEN p_key IS NULL THEN NULL ELSE p_tenant_id || ':' || p_task || ':' || p_key END);
END
$$;

-- As above, for the tenant in scope: so that the application role can add jobs for no other.
CREATE FUNCTION enqueue(p_task text, p_ids jsonb, p_key uuid DEFAULT NULL) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT public.enqueue_for(
    (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid), p_task, p_ids, NULL, p_key)
$$;

GRANT EXECUTE ON FUNCTION enqueue(text, jsonb, uuid) TO aic_app;
GRANT EXECUTE ON FUNCTION enqueue_for(uuid, text, jsonb, timestamptz, uuid) TO aic_sealer, aic_jobs;
