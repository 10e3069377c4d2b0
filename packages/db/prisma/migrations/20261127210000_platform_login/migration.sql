-- What a platform administrator sees of the tenants of a cell: that they are there, and nothing that is theirs.

-- Only from within the platform's own scope, which no principal of a tenant can enter (see begin_scope).
CREATE FUNCTION tenants_of_cell(p_before uuid, p_limit integer)
RETURNS TABLE (tenant_id uuid, name text, slug text, region text, state text, created_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT t.tenant_id, t.name, t.slug, t.region, t.state, t.created_at
  FROM public.tenants AS t
  WHERE public.is_platform_tenant(nullif(current_setting('app.tenant_id', true), '')::uuid)
    AND NOT public.is_platform_tenant(t.tenant_id)
    AND (p_before IS NULL OR t.tenant_id < p_before)
  ORDER BY t.tenant_id DESC
  LIMIT p_limit
$$;
GRANT EXECUTE ON FUNCTION tenants_of_cell(uuid, integer) TO aic_app;
