-- Tokens for native apps: the keys that sign access tokens, authorization codes, and what a family of refresh tokens is bound to.

-- Rows of the reserved tenant `platform`. The newest that is active by time signs; all that have not expired are published. A key that
-- no longer signs has no private half any more.
CREATE TABLE signing_keys (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    generation INTEGER NOT NULL,
    public_key BYTEA NOT NULL,
    private_key_sealed BYTEA,
    activates_at TIMESTAMPTZ(3) NOT NULL,
    retires_at TIMESTAMPTZ(3),
    expires_at TIMESTAMPTZ(3),
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT signing_keys_pkey PRIMARY KEY (tenant_id,id)
);
CREATE UNIQUE INDEX signing_keys_tenant_id_generation_key ON signing_keys(tenant_id, generation);
ALTER TABLE signing_keys
  ADD CONSTRAINT signing_keys_tenant_id_fkey
  FOREIGN KEY (tenant_id)
  REFERENCES tenants(tenant_id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE signing_keys
  ADD CONSTRAINT signing_keys_generation_check CHECK (generation > 0),
  ADD CONSTRAINT signing_keys_public_key_check CHECK (octet_length(public_key) = 32),
  ADD CONSTRAINT signing_keys_retired_check CHECK ((private_key_sealed IS NULL) = (retires_at IS NOT NULL)),
  ADD CONSTRAINT signing_keys_expires_check CHECK ((retires_at IS NULL) = (expires_at IS NULL) AND expires_at >= retires_at);
CALL protect_table('signing_keys', 'tenant');
GRANT SELECT, INSERT, UPDATE (private_key_sealed, retires_at, expires_at) ON signing_keys TO aic_app;

-- The workspace is what the tokens are limited to, not whose row it is: apps are their person's.
ALTER TABLE refresh_token_families
  ADD COLUMN bound_workspace_id UUID,
  ADD COLUMN device_name_sealed BYTEA,
  ADD COLUMN certificate_thumbprint TEXT,
  ADD COLUMN last_used_at TIMESTAMPTZ(3);
CREATE INDEX refresh_token_families_tenant_id_bound_workspace_id_idx ON refresh_token_families(tenant_id, bound_workspace_id);
ALTER TABLE refresh_token_families
  ADD CONSTRAINT refresh_token_families_tenant_id_bound_workspace_id_fkey
  FOREIGN KEY (tenant_id, bound_workspace_id)
  REFERENCES workspaces(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE refresh_token_families
  ADD CONSTRAINT refresh_token_families_client_id_check CHECK (char_length(client_id) BETWEEN 1 AND 200),
  -- RFC 8705 §3.1: SHA-256 in base64url.
  ADD CONSTRAINT refresh_token_families_certificate_thumbprint_check CHECK (certificate_thumbprint ~ '^[0-9A-Za-z_-]{43}$');
GRANT UPDATE (last_used_at) ON refresh_token_families TO aic_app;

-- Access tokens live and die with their family: what is cached about one is cached with the epoch.
CREATE TRIGGER raise_epoch AFTER UPDATE ON refresh_token_families FOR EACH ROW
  WHEN ((OLD.user_id, OLD.bound_workspace_id, OLD.certificate_thumbprint, OLD.absolute_expires_at, OLD.revoked_at)
    IS DISTINCT FROM (NEW.user_id, NEW.bound_workspace_id, NEW.certificate_thumbprint, NEW.absolute_expires_at, NEW.revoked_at))
  EXECUTE FUNCTION raise_epoch_of_user();
CREATE TRIGGER raise_epoch_on_delete AFTER DELETE ON refresh_token_families FOR EACH ROW
  WHEN (OLD.revoked_at IS NULL AND OLD.absolute_expires_at > now()) EXECUTE FUNCTION raise_epoch_of_user();

-- A used token names what came after it, so that parallel uses get one and the same; its secret is derived anew, never stored.
ALTER TABLE refresh_tokens ADD COLUMN successor_id UUID;
CREATE INDEX refresh_tokens_tenant_id_successor_id_idx ON refresh_tokens(tenant_id, successor_id);
ALTER TABLE refresh_tokens
  ADD CONSTRAINT refresh_tokens_tenant_id_successor_id_fkey
  FOREIGN KEY (tenant_id, successor_id)
  REFERENCES refresh_tokens(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE refresh_tokens
  ADD CONSTRAINT refresh_tokens_successor_check CHECK (used_at IS NULL OR successor_id IS NOT NULL);
CREATE POLICY jobs_expire ON refresh_tokens TO aic_jobs USING (true);
GRANT UPDATE (successor_id) ON refresh_tokens TO aic_app;
GRANT SELECT, DELETE ON refresh_tokens TO aic_jobs;

CREATE TABLE authorization_codes (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    user_id UUID NOT NULL,
    session_id UUID NOT NULL,
    client_id TEXT NOT NULL,
    redirect_uri TEXT NOT NULL,
    code_challenge TEXT NOT NULL,
    bound_workspace_id UUID,
    device_name_sealed BYTEA,
    secret_hash BYTEA NOT NULL,
    expires_at TIMESTAMPTZ(3) NOT NULL,
    used_at TIMESTAMPTZ(3),
    family_id UUID,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT authorization_codes_pkey PRIMARY KEY (tenant_id,id)
);
CREATE INDEX authorization_codes_tenant_id_user_id_idx ON authorization_codes(tenant_id, user_id);
CREATE INDEX authorization_codes_tenant_id_session_id_idx ON authorization_codes(tenant_id, session_id);
CREATE INDEX authorization_codes_tenant_id_bound_workspace_id_idx ON authorization_codes(tenant_id, bound_workspace_id);
CREATE INDEX authorization_codes_tenant_id_family_id_idx ON authorization_codes(tenant_id, family_id);
CREATE INDEX authorization_codes_tenant_id_expires_at_idx ON authorization_codes(tenant_id, expires_at);
ALTER TABLE authorization_codes
  ADD CONSTRAINT authorization_codes_tenant_id_user_id_fkey
  FOREIGN KEY (tenant_id, user_id)
  REFERENCES users(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
-- Whoever signs out before the app came for its tokens has changed their mind.
ALTER TABLE authorization_codes
  ADD CONSTRAINT authorization_codes_tenant_id_session_id_fkey
  FOREIGN KEY (tenant_id, session_id)
  REFERENCES sessions(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE authorization_codes
  ADD CONSTRAINT authorization_codes_tenant_id_bound_workspace_id_fkey
  FOREIGN KEY (tenant_id, bound_workspace_id)
  REFERENCES workspaces(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE authorization_codes
  ADD CONSTRAINT authorization_codes_tenant_id_family_id_fkey
  FOREIGN KEY (tenant_id, family_id)
  REFERENCES refresh_token_families(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE authorization_codes
  ADD CONSTRAINT authorization_codes_client_id_check CHECK (char_length(client_id) BETWEEN 1 AND 200),
  ADD CONSTRAINT authorization_codes_redirect_uri_check CHECK (char_length(redirect_uri) BETWEEN 1 AND 500),
  -- RFC 7636 §4.2, S256.
  ADD CONSTRAINT authorization_codes_code_challenge_check CHECK (code_challenge ~ '^[0-9A-Za-z_-]{43}$'),
  ADD CONSTRAINT authorization_codes_used_check CHECK (used_at IS NULL OR family_id IS NOT NULL);
CALL protect_table('authorization_codes', 'tenant');
CREATE POLICY jobs_expire ON authorization_codes TO aic_jobs USING (true);
GRANT SELECT, INSERT, UPDATE (used_at, family_id) ON authorization_codes TO aic_app;
GRANT SELECT, DELETE ON authorization_codes TO aic_jobs;
