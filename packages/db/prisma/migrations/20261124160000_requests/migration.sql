-- Requests: done once, and not too often.

CREATE TABLE idempotency_keys (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    principal_id UUID NOT NULL,
    procedure TEXT NOT NULL,
    key TEXT NOT NULL,
    request_hmac BYTEA NOT NULL,
    sealed_answer BYTEA,
    resource_id UUID,
    expires_at TIMESTAMPTZ(3) NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT idempotency_keys_pkey PRIMARY KEY (tenant_id,id)
);

CREATE UNLOGGED TABLE rate_limits (
    key VARCHAR(255) NOT NULL,
    points INTEGER NOT NULL DEFAULT 0,
    expire BIGINT,

    CONSTRAINT rate_limits_pkey PRIMARY KEY (key)
);

CREATE INDEX idempotency_keys_tenant_id_expires_at_idx ON idempotency_keys(tenant_id, expires_at);
CREATE UNIQUE INDEX idempotency_keys_tenant_id_principal_id_procedure_key_key ON idempotency_keys(tenant_id, principal_id, procedure, key);

ALTER TABLE idempotency_keys
  ADD CONSTRAINT idempotency_keys_tenant_id_principal_id_fkey
  FOREIGN KEY (tenant_id, principal_id)
  REFERENCES users(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;

ALTER TABLE idempotency_keys
  ADD CONSTRAINT idempotency_keys_procedure_check CHECK (char_length(procedure) BETWEEN 1 AND 100),
  ADD CONSTRAINT idempotency_keys_key_check CHECK (char_length(key) BETWEEN 1 AND 255);
CALL protect_table('idempotency_keys', 'tenant');
CREATE POLICY jobs_expire ON idempotency_keys TO aic_jobs USING (true);
GRANT SELECT, INSERT, DELETE, UPDATE (sealed_answer, resource_id) ON idempotency_keys TO aic_app;
GRANT SELECT, DELETE ON idempotency_keys TO aic_jobs;

GRANT SELECT, INSERT, UPDATE, DELETE ON rate_limits TO aic_app;
GRANT SELECT, DELETE ON rate_limits TO aic_jobs;
