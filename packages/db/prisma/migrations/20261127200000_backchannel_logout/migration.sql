-- Back-channel logout: the deployment's identity provider names a session or a person, and no tenant.

-- The tenants with a living session that the provider speaks of: by its own name for the session, by the person, or by both. For
-- jobs alone; each tenant's sessions are then ended in that tenant's own scope.
CREATE FUNCTION tenants_of_provider_session(p_issuer text, p_sid text, p_subject text)
RETURNS TABLE (tenant_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT t.tenant_id
  FROM public.tenants AS t
  WHERE coalesce(p_sid, p_subject) IS NOT NULL
    AND (p_sid IS NULL OR EXISTS (SELECT FROM public.sessions AS s
      WHERE s.tenant_id = t.tenant_id AND s.provider_session_id = p_sid AND s.issuer = p_issuer
        AND s.revoked_at IS NULL AND s.absolute_expires_at > now()))
    AND (p_subject IS NULL OR EXISTS (SELECT FROM public.identities AS i
      WHERE i.tenant_id = t.tenant_id AND i.issuer = p_issuer AND i.subject = p_subject))
  ORDER BY t.tenant_id
$$;
GRANT EXECUTE ON FUNCTION tenants_of_provider_session(text, text, text) TO aic_jobs;
