-- Where a tenant wants to be told of its security events, and what became of telling it.

CREATE TABLE security_webhooks (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    secret_sealed BYTEA NOT NULL,
    previous_secret_sealed BYTEA,
    previous_secret_ends_at TIMESTAMPTZ(3),
    state TEXT NOT NULL DEFAULT 'active',
    failing_since TIMESTAMPTZ(3),
    last_delivered_at TIMESTAMPTZ(3),
    created_by UUID NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT security_webhooks_pkey PRIMARY KEY (tenant_id,id)
);

-- `event_id` is null for a test. `next_attempt_at` is also the end of the lease of whoever is at it.
CREATE TABLE webhook_deliveries (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    webhook_id UUID NOT NULL,
    event_id UUID,
    event_type TEXT NOT NULL,
    occurred_at TIMESTAMPTZ(3) NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending',
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    last_status INTEGER,
    last_problem TEXT,
    ended_at TIMESTAMPTZ(3),
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (tenant_id,id)
);

CREATE INDEX security_webhooks_tenant_id_created_by_idx ON security_webhooks(tenant_id, created_by);
CREATE INDEX webhook_deliveries_tenant_id_webhook_id_id_idx ON webhook_deliveries(tenant_id, webhook_id, id);
CREATE UNIQUE INDEX webhook_deliveries_tenant_id_webhook_id_event_id_key ON webhook_deliveries(tenant_id, webhook_id, event_id);
-- For the jobs, who ask for what is overdue: a handful of rows, whatever the table holds.
CREATE INDEX webhook_deliveries_pending_idx ON webhook_deliveries(tenant_id, next_attempt_at) WHERE state = 'pending';

ALTER TABLE security_webhooks
  ADD CONSTRAINT security_webhooks_tenant_id_fkey
  FOREIGN KEY (tenant_id)
  REFERENCES tenants(tenant_id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE security_webhooks
  ADD CONSTRAINT security_webhooks_tenant_id_created_by_fkey
  FOREIGN KEY (tenant_id, created_by)
  REFERENCES users(tenant_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE webhook_deliveries
  ADD CONSTRAINT webhook_deliveries_tenant_id_webhook_id_fkey
  FOREIGN KEY (tenant_id, webhook_id)
  REFERENCES security_webhooks(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;

ALTER TABLE security_webhooks
  ADD CONSTRAINT security_webhooks_name_check CHECK (char_length(name) BETWEEN 1 AND 200),
  ADD CONSTRAINT security_webhooks_url_check CHECK (char_length(url) BETWEEN 1 AND 500),
  ADD CONSTRAINT security_webhooks_state_check CHECK (state IN ('active', 'disabled'));
CALL protect_table('security_webhooks', 'tenant');
-- The sealer asks who is to be told, never how: see its columns below.
CREATE POLICY sealer_reads ON security_webhooks FOR SELECT TO aic_sealer USING (state = 'active');
CREATE POLICY jobs_deliver ON security_webhooks TO aic_jobs USING (true);
GRANT SELECT, INSERT, DELETE,
  UPDATE (name, url, secret_sealed, previous_secret_sealed, previous_secret_ends_at, state, failing_since)
  ON security_webhooks TO aic_app;
GRANT SELECT (tenant_id, id, state) ON security_webhooks TO aic_sealer;
GRANT SELECT, UPDATE (state, failing_since, last_delivered_at) ON security_webhooks TO aic_jobs;

ALTER TABLE webhook_deliveries
  ADD CONSTRAINT webhook_deliveries_state_check CHECK (state IN ('pending', 'delivered', 'failed')),
  ADD CONSTRAINT webhook_deliveries_attempts_check CHECK (attempts >= 0),
  ADD CONSTRAINT webhook_deliveries_ended_at_check CHECK ((state = 'pending') = (ended_at IS NULL));
CALL protect_table('webhook_deliveries', 'tenant');
CREATE POLICY sealer_writes ON webhook_deliveries FOR INSERT TO aic_sealer WITH CHECK (true);
CREATE POLICY jobs_deliver ON webhook_deliveries TO aic_jobs USING (true);
GRANT SELECT, INSERT, UPDATE (state, attempts, next_attempt_at, last_status, last_problem, ended_at)
  ON webhook_deliveries TO aic_app;
GRANT INSERT (tenant_id, id, webhook_id, event_id, event_type, occurred_at) ON webhook_deliveries TO aic_sealer;
GRANT SELECT, DELETE, UPDATE (state, attempts, next_attempt_at, last_status, last_problem, ended_at)
  ON webhook_deliveries TO aic_jobs;
