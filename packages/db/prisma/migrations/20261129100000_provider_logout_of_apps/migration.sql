-- A logout at the identity provider ends the apps that were signed in from that session of the provider, too.

-- Copied from the console's session, which ends and is deleted long before its apps. Null for apps signed in before this, and for services.
ALTER TABLE refresh_token_families
  ADD COLUMN issuer TEXT,
  ADD COLUMN provider_session_id TEXT;
CREATE INDEX refresh_token_families_tenant_id_provider_session_id_idx ON refresh_token_families(tenant_id, provider_session_id);

CREATE OR REPLACE FUNCTION tenants_of_provider_session(p_issuer text, p_sid text, p_subject text)
RETURNS TABLE (tenant_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT t.tenant_id
  FROM public.tenants AS t
  WHERE coalesce(p_sid, p_subject) IS NOT NULL
    AND (p_sid IS NULL
      OR EXISTS (SELECT FROM public.sessions AS s
        WHERE s.tenant_id = t.tenant_id AND s.provider_session_id = p_sid AND s.issuer = p_issuer
          AND s.revoked_at IS NULL AND s.absolute_expires_at > now())
      OR EXISTS (SELECT FROM public.refresh_token_families AS f
        WHERE f.tenant_id = t.tenant_id AND f.provider_session_id = p_sid AND f.issuer = p_issuer
          AND f.revoked_at IS NULL AND f.absolute_expires_at > now()))
    AND (p_subject IS NULL OR EXISTS (SELECT FROM public.identities AS i
      WHERE i.tenant_id = t.tenant_id AND i.issuer = p_issuer AND i.subject = p_subject))
  ORDER BY t.tenant_id
$$;
