-- Requests of devices without a browser (RFC 8628), for a person to allow or refuse elsewhere.

CREATE TABLE device_codes (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    client_id TEXT NOT NULL,
    -- As the device asked, before anybody was known: no reference, so that the answer never tells whether there is such a workspace.
    asked_workspace UUID,
    device_name_sealed BYTEA,
    address_sealed BYTEA,
    user_code_hash BYTEA NOT NULL,
    secret_hash BYTEA NOT NULL,
    interval_seconds INTEGER NOT NULL DEFAULT 5,
    last_polled_at TIMESTAMPTZ(3),
    expires_at TIMESTAMPTZ(3) NOT NULL,
    user_id UUID,
    session_id UUID,
    approved_at TIMESTAMPTZ(3),
    denied_at TIMESTAMPTZ(3),
    used_at TIMESTAMPTZ(3),
    family_id UUID,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT device_codes_pkey PRIMARY KEY (tenant_id,id)
);
CREATE UNIQUE INDEX device_codes_tenant_id_user_code_hash_key ON device_codes(tenant_id, user_code_hash);
CREATE INDEX device_codes_tenant_id_user_id_idx ON device_codes(tenant_id, user_id);
CREATE INDEX device_codes_tenant_id_session_id_idx ON device_codes(tenant_id, session_id);
CREATE INDEX device_codes_tenant_id_family_id_idx ON device_codes(tenant_id, family_id);
CREATE INDEX device_codes_tenant_id_expires_at_idx ON device_codes(tenant_id, expires_at);
ALTER TABLE device_codes
  ADD CONSTRAINT device_codes_tenant_id_fkey
  FOREIGN KEY (tenant_id)
  REFERENCES tenants(tenant_id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE device_codes
  ADD CONSTRAINT device_codes_tenant_id_user_id_fkey
  FOREIGN KEY (tenant_id, user_id)
  REFERENCES users(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
-- Whoever signs out before the device came for its tokens has changed their mind.
ALTER TABLE device_codes
  ADD CONSTRAINT device_codes_tenant_id_session_id_fkey
  FOREIGN KEY (tenant_id, session_id)
  REFERENCES sessions(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE device_codes
  ADD CONSTRAINT device_codes_tenant_id_family_id_fkey
  FOREIGN KEY (tenant_id, family_id)
  REFERENCES refresh_token_families(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE device_codes
  ADD CONSTRAINT device_codes_client_id_check CHECK (char_length(client_id) BETWEEN 1 AND 200),
  ADD CONSTRAINT device_codes_interval_seconds_check CHECK (interval_seconds >= 5),
  ADD CONSTRAINT device_codes_answered_once_check CHECK (approved_at IS NULL OR denied_at IS NULL),
  ADD CONSTRAINT device_codes_answered_check
    CHECK ((coalesce(approved_at, denied_at) IS NOT NULL) = (user_id IS NOT NULL) AND (user_id IS NULL) = (session_id IS NULL)),
  ADD CONSTRAINT device_codes_used_check CHECK (used_at IS NULL OR (approved_at IS NOT NULL AND family_id IS NOT NULL));
CALL protect_table('device_codes', 'tenant');
CREATE POLICY jobs_expire ON device_codes TO aic_jobs USING (true);
GRANT SELECT, INSERT, UPDATE (interval_seconds, last_polled_at, user_id, session_id, approved_at, denied_at, used_at, family_id)
  ON device_codes TO aic_app;
GRANT SELECT, DELETE ON device_codes TO aic_jobs;
