-- Several OpenID providers of a tenant, its proved domains, and rules that turn groups into roles.

ALTER TABLE identity_providers
  ADD COLUMN name TEXT NOT NULL DEFAULT 'Single sign-on',
  ADD COLUMN claim_names JSONB NOT NULL DEFAULT '{}';
ALTER TABLE identity_providers
  ADD CONSTRAINT identity_providers_name_check CHECK (char_length(name) BETWEEN 1 AND 120),
  ADD CONSTRAINT identity_providers_claim_names_check CHECK (jsonb_typeof(claim_names) = 'object' AND pg_column_size(claim_names) <= 2000);
GRANT UPDATE (name, issuer, claim_names) ON identity_providers TO aic_app;

-- What the provider said last: rules that change later are applied to it.
ALTER TABLE identities
  ADD COLUMN groups TEXT[] NOT NULL DEFAULT '{}',
  ADD COLUMN groups_seen_at TIMESTAMPTZ(3);
ALTER TABLE identities
  ADD CONSTRAINT identities_groups_check CHECK (cardinality(groups) <= 1000 AND array_position(groups, NULL) IS NULL);
GRANT UPDATE (groups, groups_seen_at) ON identities TO aic_app;

ALTER TABLE email_domains
  ADD COLUMN challenge TEXT,
  ADD COLUMN checked_at TIMESTAMPTZ(3),
  ADD COLUMN identity_provider_id UUID;
UPDATE email_domains SET challenge = replace(gen_random_uuid()::text, '-', '');
ALTER TABLE email_domains
  ALTER COLUMN challenge SET NOT NULL,
  ADD CONSTRAINT email_domains_challenge_check CHECK (challenge ~ '^[0-9A-Za-z]{32,64}$');
CREATE INDEX email_domains_tenant_id_identity_provider_id_idx ON email_domains(tenant_id, identity_provider_id);
ALTER TABLE email_domains
  ADD CONSTRAINT email_domains_tenant_id_identity_provider_id_fkey
  FOREIGN KEY (tenant_id, identity_provider_id)
  REFERENCES identity_providers(tenant_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;
GRANT UPDATE (checked_at, identity_provider_id) ON email_domains TO aic_app;

-- The workspace is where the role holds, not whose row it is: the rules are the tenant's.
CREATE TABLE group_rules (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    group_name TEXT NOT NULL,
    role TEXT NOT NULL,
    role_workspace_id UUID,
    identity_provider_id UUID,
    created_by UUID NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT group_rules_pkey PRIMARY KEY (tenant_id,id)
);
CREATE INDEX group_rules_tenant_id_role_workspace_id_idx ON group_rules(tenant_id, role_workspace_id);
CREATE INDEX group_rules_tenant_id_identity_provider_id_idx ON group_rules(tenant_id, identity_provider_id);
CREATE INDEX group_rules_tenant_id_created_by_idx ON group_rules(tenant_id, created_by);
CREATE UNIQUE INDEX group_rules_key
  ON group_rules(tenant_id, group_name, role, role_workspace_id, identity_provider_id) NULLS NOT DISTINCT;
ALTER TABLE group_rules
  ADD CONSTRAINT group_rules_tenant_id_fkey
  FOREIGN KEY (tenant_id)
  REFERENCES tenants(tenant_id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE group_rules
  ADD CONSTRAINT group_rules_tenant_id_role_workspace_id_fkey
  FOREIGN KEY (tenant_id, role_workspace_id)
  REFERENCES workspaces(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE group_rules
  ADD CONSTRAINT group_rules_tenant_id_identity_provider_id_fkey
  FOREIGN KEY (tenant_id, identity_provider_id)
  REFERENCES identity_providers(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE group_rules
  ADD CONSTRAINT group_rules_tenant_id_created_by_fkey
  FOREIGN KEY (tenant_id, created_by)
  REFERENCES users(tenant_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE group_rules
  ADD CONSTRAINT group_rules_role_check CHECK (role IN ('WorkspaceAdmin', 'Operator', 'Approver', 'Auditor', 'IntegrationAdmin')),
  ADD CONSTRAINT group_rules_group_name_check CHECK (char_length(group_name) BETWEEN 1 AND 256);
CALL protect_table('group_rules', 'tenant');
GRANT SELECT, INSERT, DELETE ON group_rules TO aic_app;

-- A binding that a rule gave goes with the rule, and takes the epoch with it.
ALTER TABLE role_bindings ADD COLUMN group_rule_id UUID;
CREATE INDEX role_bindings_tenant_id_group_rule_id_idx ON role_bindings(tenant_id, group_rule_id);
ALTER TABLE role_bindings
  ADD CONSTRAINT role_bindings_tenant_id_group_rule_id_fkey
  FOREIGN KEY (tenant_id, group_rule_id)
  REFERENCES group_rules(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE role_bindings
  ADD CONSTRAINT role_bindings_group_rule_check CHECK (source <> 'group' OR group_rule_id IS NOT NULL);
-- Two rules may give the same role, and nobody has one twice from one source: nulls are equal here.
DELETE FROM role_bindings AS b USING role_bindings AS older
  WHERE older.tenant_id = b.tenant_id AND older.user_id = b.user_id AND older.role = b.role AND older.source = b.source
    AND older.workspace_id IS NOT DISTINCT FROM b.workspace_id AND older.id < b.id;
DROP INDEX role_bindings_tenant_id_user_id_workspace_id_role_source_key;
CREATE UNIQUE INDEX role_bindings_key
  ON role_bindings(tenant_id, user_id, workspace_id, role, source, group_rule_id) NULLS NOT DISTINCT;

-- The roles of whole persons: every user of the persons that these users are, in every workspace, also those that the scope does
-- not show. It locks those users, so that two changes at once cannot make a toxic pair between them.
CREATE FUNCTION lock_roles_of_persons(p_users uuid[])
RETURNS TABLE (user_id uuid, role text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_tenant constant uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
BEGIN
  PERFORM FROM public.users AS u
    WHERE u.tenant_id = v_tenant AND (u.id = ANY (p_users) OR u.person_id IN (
      SELECT a.person_id FROM public.users AS a WHERE a.tenant_id = v_tenant AND a.id = ANY (p_users)))
    ORDER BY u.id FOR NO KEY UPDATE;
  RETURN QUERY SELECT DISTINCT a.id, b.role
    FROM public.users AS a
    JOIN public.users AS u ON u.tenant_id = a.tenant_id AND (u.id = a.id OR u.person_id = a.person_id)
    JOIN public.role_bindings AS b ON b.tenant_id = u.tenant_id AND b.user_id = u.id
    WHERE a.tenant_id = v_tenant AND a.id = ANY (p_users);
END
$$;
GRANT EXECUTE ON FUNCTION lock_roles_of_persons(uuid[]) TO aic_app;

-- Providers by name, and the one that a domain belongs to.
DROP FUNCTION login_lookup_by_domain(text);
DROP FUNCTION login_lookup_by_slug(text);
CREATE FUNCTION login_lookup_by_slug(p_slug text)
RETURNS TABLE (tenant_id uuid, name text, slug text, identity_provider_id uuid, provider_name text, issuer text, client_id text, scopes text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT t.tenant_id, t.name, t.slug, p.id, p.name, p.issuer, p.client_id, p.scopes
  FROM public.tenants AS t
  LEFT JOIN public.identity_providers AS p ON p.tenant_id = t.tenant_id AND p.state = 'active'
  WHERE t.slug = p_slug AND t.state = 'active' AND NOT public.is_platform_tenant(t.tenant_id)
  ORDER BY p.name, p.id
$$;
CREATE FUNCTION login_lookup_by_domain(p_domain text)
RETURNS TABLE (tenant_id uuid, name text, slug text, identity_provider_id uuid, provider_name text, issuer text, client_id text, scopes text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT l.*
  FROM public.email_domains AS d
  JOIN public.tenants AS t ON t.tenant_id = d.tenant_id
  LEFT JOIN public.identity_providers AS own
    ON own.tenant_id = d.tenant_id AND own.id = d.identity_provider_id AND own.state = 'active'
  CROSS JOIN LATERAL public.login_lookup_by_slug(t.slug) AS l
  WHERE d.domain = p_domain AND d.proved_at IS NOT NULL AND (own.id IS NULL OR own.id = l.identity_provider_id)
$$;
GRANT EXECUTE ON FUNCTION login_lookup_by_slug(text), login_lookup_by_domain(text) TO aic_app;
