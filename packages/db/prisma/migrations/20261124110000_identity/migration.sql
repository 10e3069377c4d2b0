-- People, services and platform administrators; how they log in; what they may do; the scope of a transaction.

CREATE TABLE persons (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT persons_pkey PRIMARY KEY (tenant_id,id)
);

CREATE TABLE users (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    display_name TEXT NOT NULL,
    email TEXT,
    state TEXT NOT NULL DEFAULT 'active',
    epoch BIGINT NOT NULL DEFAULT 0,
    person_id UUID,
    last_seen_at TIMESTAMPTZ(3),
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT users_pkey PRIMARY KEY (tenant_id,id)
);

CREATE TABLE identity_providers (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    issuer TEXT NOT NULL,
    client_id TEXT NOT NULL,
    client_secret_sealed BYTEA,
    scopes TEXT NOT NULL DEFAULT 'openid email profile',
    state TEXT NOT NULL DEFAULT 'active',
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT identity_providers_pkey PRIMARY KEY (tenant_id,id)
);

CREATE TABLE identities (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    user_id UUID NOT NULL,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT identities_pkey PRIMARY KEY (tenant_id,id)
);

CREATE TABLE invitations (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    workspace_id UUID,
    email TEXT,
    role TEXT NOT NULL,
    secret_hash BYTEA NOT NULL,
    expires_at TIMESTAMPTZ(3) NOT NULL,
    accepted_at TIMESTAMPTZ(3),
    accepted_by UUID,
    revoked_at TIMESTAMPTZ(3),
    created_by UUID,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT invitations_pkey PRIMARY KEY (tenant_id,id)
);

CREATE TABLE email_domains (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    domain TEXT NOT NULL,
    proved_at TIMESTAMPTZ(3),
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT email_domains_pkey PRIMARY KEY (tenant_id,id)
);

CREATE TABLE roles (
    name TEXT NOT NULL,
    means TEXT NOT NULL,

    CONSTRAINT roles_pkey PRIMARY KEY (name)
);

CREATE TABLE permissions (
    name TEXT NOT NULL,
    scope TEXT NOT NULL,
    effect TEXT NOT NULL,
    means TEXT NOT NULL,

    CONSTRAINT permissions_pkey PRIMARY KEY (name)
);

CREATE TABLE role_permissions (
    role TEXT NOT NULL,
    permission TEXT NOT NULL,

    CONSTRAINT role_permissions_pkey PRIMARY KEY (role,permission)
);

CREATE TABLE role_bindings (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    workspace_id UUID,
    user_id UUID NOT NULL,
    role TEXT NOT NULL,
    source TEXT NOT NULL DEFAULT 'manual',
    expires_at TIMESTAMPTZ(3),
    created_by UUID,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT role_bindings_pkey PRIMARY KEY (tenant_id,id)
);

CREATE TABLE api_keys (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    workspace_id UUID,
    user_id UUID NOT NULL,
    name TEXT NOT NULL,
    prefix TEXT NOT NULL,
    secret_hash BYTEA NOT NULL,
    expires_at TIMESTAMPTZ(3),
    revoked_at TIMESTAMPTZ(3),
    last_used_at TIMESTAMPTZ(3),
    created_by UUID,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT api_keys_pkey PRIMARY KEY (tenant_id,id)
);

CREATE TABLE sessions (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    user_id UUID NOT NULL,
    secret_hash BYTEA NOT NULL,
    last_seen_at TIMESTAMPTZ(3) NOT NULL,
    idle_expires_at TIMESTAMPTZ(3) NOT NULL,
    absolute_expires_at TIMESTAMPTZ(3) NOT NULL,
    revoked_at TIMESTAMPTZ(3),
    user_agent_sealed BYTEA,
    ip_sealed BYTEA,
    issuer TEXT,
    provider_session_id TEXT,
    id_token_hint_sealed BYTEA,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT sessions_pkey PRIMARY KEY (tenant_id,id)
);

CREATE TABLE refresh_token_families (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    user_id UUID NOT NULL,
    client_id TEXT NOT NULL,
    derivation_key_id TEXT NOT NULL,
    proof_key_thumbprint TEXT,
    absolute_expires_at TIMESTAMPTZ(3) NOT NULL,
    revoked_at TIMESTAMPTZ(3),
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT refresh_token_families_pkey PRIMARY KEY (tenant_id,id)
);

CREATE TABLE refresh_tokens (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    family_id UUID NOT NULL,
    secret_hash BYTEA NOT NULL,
    expires_at TIMESTAMPTZ(3) NOT NULL,
    used_at TIMESTAMPTZ(3),
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT refresh_tokens_pkey PRIMARY KEY (tenant_id,id)
);

CREATE INDEX users_tenant_id_person_id_idx ON users(tenant_id, person_id);
CREATE INDEX users_tenant_id_email_idx ON users(tenant_id, email);
CREATE UNIQUE INDEX identity_providers_tenant_id_issuer_key ON identity_providers(tenant_id, issuer);
CREATE INDEX identities_tenant_id_user_id_idx ON identities(tenant_id, user_id);
CREATE UNIQUE INDEX identities_tenant_id_issuer_subject_key ON identities(tenant_id, issuer, subject);
CREATE INDEX invitations_tenant_id_workspace_id_id_idx ON invitations(tenant_id, workspace_id, id);
CREATE INDEX invitations_tenant_id_accepted_by_idx ON invitations(tenant_id, accepted_by);
CREATE INDEX invitations_tenant_id_created_by_idx ON invitations(tenant_id, created_by);
CREATE INDEX email_domains_domain_idx ON email_domains(domain);
CREATE UNIQUE INDEX email_domains_tenant_id_domain_key ON email_domains(tenant_id, domain);
CREATE INDEX role_permissions_permission_idx ON role_permissions(permission);
CREATE INDEX role_bindings_tenant_id_workspace_id_id_idx ON role_bindings(tenant_id, workspace_id, id);
CREATE INDEX role_bindings_tenant_id_created_by_idx ON role_bindings(tenant_id, created_by);
CREATE UNIQUE INDEX role_bindings_tenant_id_user_id_workspace_id_role_source_key ON role_bindings(tenant_id, user_id, workspace_id, role, source);
CREATE INDEX api_keys_tenant_id_workspace_id_id_idx ON api_keys(tenant_id, workspace_id, id);
CREATE INDEX api_keys_tenant_id_user_id_idx ON api_keys(tenant_id, user_id);
CREATE INDEX api_keys_tenant_id_created_by_idx ON api_keys(tenant_id, created_by);
CREATE INDEX sessions_tenant_id_user_id_idx ON sessions(tenant_id, user_id);
CREATE INDEX sessions_tenant_id_provider_session_id_idx ON sessions(tenant_id, provider_session_id);
CREATE INDEX sessions_tenant_id_absolute_expires_at_idx ON sessions(tenant_id, absolute_expires_at);
CREATE INDEX refresh_token_families_tenant_id_user_id_idx ON refresh_token_families(tenant_id, user_id);
CREATE INDEX refresh_token_families_tenant_id_absolute_expires_at_idx ON refresh_token_families(tenant_id, absolute_expires_at);
CREATE INDEX refresh_tokens_tenant_id_family_id_idx ON refresh_tokens(tenant_id, family_id);

ALTER TABLE persons
  ADD CONSTRAINT persons_tenant_id_fkey
  FOREIGN KEY (tenant_id)
  REFERENCES tenants(tenant_id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE users
  ADD CONSTRAINT users_tenant_id_fkey
  FOREIGN KEY (tenant_id)
  REFERENCES tenants(tenant_id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE users
  ADD CONSTRAINT users_tenant_id_person_id_fkey
  FOREIGN KEY (tenant_id, person_id)
  REFERENCES persons(tenant_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE identity_providers
  ADD CONSTRAINT identity_providers_tenant_id_fkey
  FOREIGN KEY (tenant_id)
  REFERENCES tenants(tenant_id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE identities
  ADD CONSTRAINT identities_tenant_id_user_id_fkey
  FOREIGN KEY (tenant_id, user_id)
  REFERENCES users(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE invitations
  ADD CONSTRAINT invitations_tenant_id_fkey
  FOREIGN KEY (tenant_id)
  REFERENCES tenants(tenant_id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE invitations
  ADD CONSTRAINT invitations_tenant_id_workspace_id_fkey
  FOREIGN KEY (tenant_id, workspace_id)
  REFERENCES workspaces(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE invitations
  ADD CONSTRAINT invitations_tenant_id_accepted_by_fkey
  FOREIGN KEY (tenant_id, accepted_by)
  REFERENCES users(tenant_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE invitations
  ADD CONSTRAINT invitations_tenant_id_created_by_fkey
  FOREIGN KEY (tenant_id, created_by)
  REFERENCES users(tenant_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE email_domains
  ADD CONSTRAINT email_domains_tenant_id_fkey
  FOREIGN KEY (tenant_id)
  REFERENCES tenants(tenant_id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE role_permissions
  ADD CONSTRAINT role_permissions_role_fkey
  FOREIGN KEY (role)
  REFERENCES roles(name) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE role_permissions
  ADD CONSTRAINT role_permissions_permission_fkey
  FOREIGN KEY (permission)
  REFERENCES permissions(name) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE role_bindings
  ADD CONSTRAINT role_bindings_tenant_id_workspace_id_fkey
  FOREIGN KEY (tenant_id, workspace_id)
  REFERENCES workspaces(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE role_bindings
  ADD CONSTRAINT role_bindings_tenant_id_user_id_fkey
  FOREIGN KEY (tenant_id, user_id)
  REFERENCES users(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE role_bindings
  ADD CONSTRAINT role_bindings_tenant_id_created_by_fkey
  FOREIGN KEY (tenant_id, created_by)
  REFERENCES users(tenant_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE api_keys
  ADD CONSTRAINT api_keys_tenant_id_workspace_id_fkey
  FOREIGN KEY (tenant_id, workspace_id)
  REFERENCES workspaces(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE api_keys
  ADD CONSTRAINT api_keys_tenant_id_user_id_fkey
  FOREIGN KEY (tenant_id, user_id)
  REFERENCES users(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE api_keys
  ADD CONSTRAINT api_keys_tenant_id_created_by_fkey
  FOREIGN KEY (tenant_id, created_by)
  REFERENCES users(tenant_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE sessions
  ADD CONSTRAINT sessions_tenant_id_user_id_fkey
  FOREIGN KEY (tenant_id, user_id)
  REFERENCES users(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE refresh_token_families
  ADD CONSTRAINT refresh_token_families_tenant_id_user_id_fkey
  FOREIGN KEY (tenant_id, user_id)
  REFERENCES users(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE refresh_tokens
  ADD CONSTRAINT refresh_tokens_tenant_id_family_id_fkey
  FOREIGN KEY (tenant_id, family_id)
  REFERENCES refresh_token_families(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;

CALL protect_table('persons', 'tenant');
GRANT SELECT, INSERT ON persons TO aic_app;

ALTER TABLE users
  ADD CONSTRAINT users_kind_check CHECK (kind IN ('user', 'service', 'platform')),
  -- No tenant's user can become a platform administrator.
  ADD CONSTRAINT users_platform_check CHECK ((kind = 'platform') = is_platform_tenant(tenant_id)),
  ADD CONSTRAINT users_state_check CHECK (state IN ('active', 'disabled')),
  ADD CONSTRAINT users_display_name_check CHECK (char_length(display_name) BETWEEN 1 AND 200),
  ADD CONSTRAINT users_email_check CHECK (char_length(email) BETWEEN 3 AND 254 AND email = lower(email));
CALL protect_table('users', 'tenant');
-- Not the epoch: triggers alone raise it.
GRANT SELECT, INSERT, UPDATE (display_name, email, state, person_id, last_seen_at) ON users TO aic_app;

ALTER TABLE identity_providers
  ADD CONSTRAINT identity_providers_state_check CHECK (state IN ('active', 'disabled')),
  ADD CONSTRAINT identity_providers_issuer_check CHECK (char_length(issuer) BETWEEN 1 AND 500),
  ADD CONSTRAINT identity_providers_client_id_check CHECK (char_length(client_id) BETWEEN 1 AND 500);
CALL protect_table('identity_providers', 'tenant');
GRANT SELECT, INSERT, DELETE, UPDATE (client_id, client_secret_sealed, scopes, state) ON identity_providers TO aic_app;

ALTER TABLE identities
  ADD CONSTRAINT identities_issuer_check CHECK (char_length(issuer) BETWEEN 1 AND 500),
  ADD CONSTRAINT identities_subject_check CHECK (char_length(subject) BETWEEN 1 AND 500);
CALL protect_table('identities', 'tenant');
GRANT SELECT, INSERT, DELETE ON identities TO aic_app;

ALTER TABLE invitations
  ADD CONSTRAINT invitations_role_check CHECK (role IN ('WorkspaceAdmin', 'Operator', 'Approver', 'Auditor', 'IntegrationAdmin')),
  ADD CONSTRAINT invitations_email_check CHECK (char_length(email) BETWEEN 3 AND 254 AND email = lower(email)),
  ADD CONSTRAINT invitations_accepted_check CHECK ((accepted_at IS NULL) = (accepted_by IS NULL));
CALL protect_table('invitations', 'workspace_or_tenant');
GRANT SELECT, INSERT, UPDATE (accepted_at, accepted_by, revoked_at) ON invitations TO aic_app;

ALTER TABLE email_domains
  ADD CONSTRAINT email_domains_domain_check CHECK (char_length(domain) BETWEEN 1 AND 253 AND domain = lower(domain));
CALL protect_table('email_domains', 'tenant');
GRANT SELECT, INSERT, DELETE, UPDATE (proved_at) ON email_domains TO aic_app;

ALTER TABLE permissions
  ADD CONSTRAINT permissions_scope_check CHECK (scope IN ('workspace', 'tenant', 'member', 'self', 'platform')),
  ADD CONSTRAINT permissions_effect_check CHECK (effect IN ('read', 'write'));
GRANT SELECT ON roles, permissions, role_permissions TO aic_app;

ALTER TABLE role_bindings
  ADD CONSTRAINT role_bindings_role_check CHECK (role IN ('WorkspaceAdmin', 'Operator', 'Approver', 'Auditor', 'IntegrationAdmin')),
  ADD CONSTRAINT role_bindings_source_check CHECK (source IN ('invite', 'group', 'manual'));
CALL protect_table('role_bindings', 'workspace_or_tenant');
GRANT SELECT, INSERT, DELETE, UPDATE (expires_at) ON role_bindings TO aic_app;

-- Auditor stands alone in the whole tenant, or it would audit itself. Security definer: the one who grants a role in one workspace does
-- not see those in others. The lock makes two grants to one user wait for each other.
CREATE FUNCTION refuse_toxic_pair() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM FROM public.users WHERE tenant_id = NEW.tenant_id AND id = NEW.user_id FOR NO KEY UPDATE;
  IF EXISTS (SELECT FROM public.role_bindings WHERE tenant_id = NEW.tenant_id AND user_id = NEW.user_id
    AND (role = 'Auditor') <> (NEW.role = 'Auditor')) THEN
    RAISE EXCEPTION 'role % is refused: Auditor and another role must not meet in one user', NEW.role
      USING ERRCODE = 'AE006', CONSTRAINT = 'no_toxic_pair';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER no_toxic_pair AFTER INSERT OR UPDATE OF user_id, role ON role_bindings
  FOR EACH ROW EXECUTE FUNCTION refuse_toxic_pair();

ALTER TABLE api_keys
  ADD CONSTRAINT api_keys_name_check CHECK (char_length(name) BETWEEN 1 AND 200),
  ADD CONSTRAINT api_keys_prefix_check CHECK (char_length(prefix) BETWEEN 1 AND 64);
CALL protect_table('api_keys', 'workspace_or_tenant');
GRANT SELECT, INSERT, UPDATE (name, expires_at, revoked_at, last_used_at) ON api_keys TO aic_app;

CALL protect_table('sessions', 'tenant');
CREATE POLICY jobs_expire ON sessions TO aic_jobs USING (true);
GRANT SELECT, INSERT, DELETE, UPDATE (last_seen_at, idle_expires_at, revoked_at) ON sessions TO aic_app;
GRANT SELECT, DELETE ON sessions TO aic_jobs;

CALL protect_table('refresh_token_families', 'tenant');
CREATE POLICY jobs_expire ON refresh_token_families TO aic_jobs USING (true);
GRANT SELECT, INSERT, UPDATE (revoked_at) ON refresh_token_families TO aic_app;
GRANT SELECT, DELETE ON refresh_token_families TO aic_jobs;

CALL protect_table('refresh_tokens', 'tenant');
GRANT SELECT, INSERT, UPDATE (used_at) ON refresh_tokens TO aic_app;

-- The epoch: rights bite at once, because what is cached about a principal is cached with it. It only ever grows.
CREATE FUNCTION users_raise_epoch() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.epoch < OLD.epoch THEN
    RAISE EXCEPTION 'UPDATE of users is refused: an epoch never falls' USING ERRCODE = 'AE002';
  END IF;
  IF (OLD.kind, OLD.state, OLD.person_id) IS DISTINCT FROM (NEW.kind, NEW.state, NEW.person_id) THEN
    NEW.epoch := greatest(NEW.epoch, OLD.epoch + 1);
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER raise_epoch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION users_raise_epoch();

-- Security definer: the one who grants a role may not write the epoch, and a scope may end before the user's does.
CREATE FUNCTION raise_epoch_of_user() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    UPDATE public.users SET epoch = epoch + 1 WHERE tenant_id = OLD.tenant_id AND id = OLD.user_id;
  END IF;
  IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.user_id <> OLD.user_id) THEN
    UPDATE public.users SET epoch = epoch + 1 WHERE tenant_id = NEW.tenant_id AND id = NEW.user_id;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER raise_epoch AFTER INSERT OR UPDATE OR DELETE ON role_bindings
  FOR EACH ROW EXECUTE FUNCTION raise_epoch_of_user();
-- Nothing can be cached about a key or session before it exists, and what it has used last changes no right.
CREATE TRIGGER raise_epoch AFTER UPDATE ON api_keys FOR EACH ROW
  WHEN ((OLD.user_id, OLD.workspace_id, OLD.secret_hash, OLD.expires_at, OLD.revoked_at)
    IS DISTINCT FROM (NEW.user_id, NEW.workspace_id, NEW.secret_hash, NEW.expires_at, NEW.revoked_at))
  EXECUTE FUNCTION raise_epoch_of_user();
CREATE TRIGGER raise_epoch_on_delete AFTER DELETE ON api_keys FOR EACH ROW EXECUTE FUNCTION raise_epoch_of_user();
CREATE TRIGGER raise_epoch AFTER UPDATE ON sessions FOR EACH ROW
  WHEN ((OLD.user_id, OLD.secret_hash, OLD.absolute_expires_at, OLD.revoked_at)
    IS DISTINCT FROM (NEW.user_id, NEW.secret_hash, NEW.absolute_expires_at, NEW.revoked_at)
    OR NEW.idle_expires_at < OLD.idle_expires_at)
  EXECUTE FUNCTION raise_epoch_of_user();
CREATE TRIGGER raise_epoch_on_delete AFTER DELETE ON sessions FOR EACH ROW
  WHEN (OLD.revoked_at IS NULL AND OLD.absolute_expires_at > now()) EXECUTE FUNCTION raise_epoch_of_user();

-- An offboarded tenant's people are out at once.
CREATE FUNCTION tenants_raise_epochs() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE public.users SET epoch = epoch + 1 WHERE tenant_id = NEW.tenant_id;
  RETURN NULL;
END
$$;
CREATE TRIGGER raise_epochs AFTER UPDATE ON tenants FOR EACH ROW
  WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION tenants_raise_epochs();

-- The first statement of every scoped transaction. It compares the epoch in the principal's own tenant, then enters the target
-- tenant (another one for platform administrators only). A null principal is for the doors that have none yet.
-- It runs with every request, so: names are qualified instead of a search_path set, and settings are assigned instead of PERFORMed
-- (an assignment needs no executor). Raises AE001 when stale.
CREATE FUNCTION begin_scope(
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
    v_set := pg_catalog.set_config('app.tenant_id', coalesce(p_tenant::text, ''), true);
  END IF;
  v_set := pg_catalog.set_config('app.workspace_id', coalesce(p_workspace, ''), true);
  IF p_read_only THEN
    v_set := pg_catalog.set_config('transaction_read_only', 'on', true);
  END IF;
END
$$;
GRANT EXECUTE ON FUNCTION begin_scope(uuid, text, uuid, uuid, bigint, boolean) TO aic_app;

-- Login, before anybody is known: which tenant is meant, and where its people log in. Nothing else gets out, and never the reserved
-- tenant. One row for each provider; null issuer: the deployment's default one.
CREATE FUNCTION login_lookup_by_slug(p_slug text)
RETURNS TABLE (tenant_id uuid, name text, slug text, identity_provider_id uuid, issuer text, client_id text, scopes text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT t.tenant_id, t.name, t.slug, p.id, p.issuer, p.client_id, p.scopes
  FROM public.tenants AS t
  LEFT JOIN public.identity_providers AS p ON p.tenant_id = t.tenant_id AND p.state = 'active'
  WHERE t.slug = p_slug AND t.state = 'active' AND NOT public.is_platform_tenant(t.tenant_id)
$$;
CREATE FUNCTION login_lookup_by_domain(p_domain text)
RETURNS TABLE (tenant_id uuid, name text, slug text, identity_provider_id uuid, issuer text, client_id text, scopes text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT l.*
  FROM public.email_domains AS d
  JOIN public.tenants AS t ON t.tenant_id = d.tenant_id
  CROSS JOIN LATERAL public.login_lookup_by_slug(t.slug) AS l
  WHERE d.domain = p_domain AND d.proved_at IS NOT NULL
$$;
GRANT EXECUTE ON FUNCTION login_lookup_by_slug(text), login_lookup_by_domain(text) TO aic_app;
