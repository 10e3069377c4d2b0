-- The audit log and the meter. They refer to the tenant only, and outlive everything else.

CREATE TABLE audit_inbox (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    workspace_id UUID,
    event TEXT NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT audit_inbox_pkey PRIMARY KEY (tenant_id,id)
);

CREATE TABLE audit_events (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    workspace_id UUID,
    seq BIGINT NOT NULL,
    time TIMESTAMPTZ(3) NOT NULL,
    class TEXT NOT NULL,
    type TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    event TEXT NOT NULL,
    leaf_hash BYTEA NOT NULL,
    previous_chain_hash BYTEA NOT NULL,
    chain_hash BYTEA NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT audit_events_pkey PRIMARY KEY (tenant_id,id)
);

CREATE TABLE audit_checkpoints (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    tree_size BIGINT NOT NULL,
    root_hash BYTEA NOT NULL,
    key_id TEXT NOT NULL,
    note TEXT NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT audit_checkpoints_pkey PRIMARY KEY (tenant_id,id)
);

CREATE TABLE metering_events (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    workspace_id UUID NOT NULL,
    run_id UUID,
    meter TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    occurred_at TIMESTAMPTZ(3) NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT metering_events_pkey PRIMARY KEY (tenant_id,id)
);

CREATE INDEX audit_inbox_tenant_id_workspace_id_idx ON audit_inbox(tenant_id, workspace_id);
CREATE INDEX audit_events_tenant_id_workspace_id_seq_idx ON audit_events(tenant_id, workspace_id, seq);
CREATE INDEX audit_events_tenant_id_class_seq_idx ON audit_events(tenant_id, class, seq);
CREATE INDEX audit_events_tenant_id_actor_id_seq_idx ON audit_events(tenant_id, actor_id, seq);
CREATE UNIQUE INDEX audit_events_tenant_id_seq_key ON audit_events(tenant_id, seq);
CREATE UNIQUE INDEX audit_checkpoints_tenant_id_tree_size_key ON audit_checkpoints(tenant_id, tree_size);
CREATE INDEX metering_events_tenant_id_workspace_id_occurred_at_idx ON metering_events(tenant_id, workspace_id, occurred_at);

ALTER TABLE audit_inbox
  ADD CONSTRAINT audit_inbox_tenant_id_fkey
  FOREIGN KEY (tenant_id)
  REFERENCES tenants(tenant_id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE audit_events
  ADD CONSTRAINT audit_events_tenant_id_fkey
  FOREIGN KEY (tenant_id)
  REFERENCES tenants(tenant_id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE audit_checkpoints
  ADD CONSTRAINT audit_checkpoints_tenant_id_fkey
  FOREIGN KEY (tenant_id)
  REFERENCES tenants(tenant_id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE metering_events
  ADD CONSTRAINT metering_events_tenant_id_fkey
  FOREIGN KEY (tenant_id)
  REFERENCES tenants(tenant_id) ON DELETE RESTRICT ON UPDATE RESTRICT;

-- The inbox: many write, aic_sealer alone reads and deletes, and what it deletes is in the log.
CALL protect_table('audit_inbox', 'custom');
CREATE POLICY audit_writes ON audit_inbox FOR INSERT TO aic_audit WITH CHECK (true);
CREATE POLICY jobs_write ON audit_inbox FOR INSERT TO aic_jobs WITH CHECK (true);
CREATE POLICY app_writes ON audit_inbox FOR INSERT TO aic_app WITH CHECK (
  tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY sealer_reads ON audit_inbox FOR SELECT TO aic_sealer USING (true);
CREATE POLICY sealer_deletes ON audit_inbox FOR DELETE TO aic_sealer USING (true);
CALL make_immutable('audit_inbox', true);
GRANT INSERT ON audit_inbox TO aic_app, aic_audit, aic_jobs;
GRANT SELECT, DELETE ON audit_inbox TO aic_sealer;

ALTER TABLE audit_events
  ADD CONSTRAINT audit_events_seq_check CHECK (seq > 0),
  ADD CONSTRAINT audit_events_class_check CHECK (class IN ('decision', 'change', 'security')),
  ADD CONSTRAINT audit_events_leaf_hash_check
    CHECK (leaf_hash = sha256('\x00'::bytea || convert_to(event, 'UTF8'))),
  ADD CONSTRAINT audit_events_previous_chain_hash_check CHECK (octet_length(previous_chain_hash) = 32),
  ADD CONSTRAINT audit_events_chain_hash_check CHECK (chain_hash = sha256(previous_chain_hash || leaf_hash));
CALL protect_table('audit_events', 'custom');
CREATE POLICY app_scope ON audit_events FOR SELECT TO aic_app USING (
  tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)
  AND ((SELECT current_setting('app.workspace_id', true)) = '*'
    OR workspace_id = (SELECT nullif(nullif(current_setting('app.workspace_id', true), ''), '*')::uuid)));
CREATE POLICY sealer_reads ON audit_events FOR SELECT TO aic_sealer USING (true);
CREATE POLICY sealer_writes ON audit_events FOR INSERT TO aic_sealer WITH CHECK (true);
CALL make_immutable('audit_events', false);
GRANT SELECT ON audit_events TO aic_app;
GRANT SELECT, INSERT ON audit_events TO aic_sealer;

CREATE FUNCTION audit_inbox_keeps_unsealed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM gone WHERE NOT EXISTS (
      SELECT FROM public.audit_events AS e
      WHERE e.tenant_id = gone.tenant_id AND e.id = gone.id AND e.event = gone.event)
  ) THEN
    RAISE EXCEPTION 'DELETE of audit_inbox is refused: an event is not in the log yet' USING ERRCODE = 'AE005';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER keeps_unsealed AFTER DELETE ON audit_inbox REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION audit_inbox_keeps_unsealed();

ALTER TABLE audit_checkpoints
  ADD CONSTRAINT audit_checkpoints_tree_size_check CHECK (tree_size >= 0),
  ADD CONSTRAINT audit_checkpoints_root_hash_check CHECK (octet_length(root_hash) = 32);
CALL protect_table('audit_checkpoints', 'custom');
CREATE POLICY app_scope ON audit_checkpoints FOR SELECT TO aic_app USING (
  tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY sealer_reads ON audit_checkpoints FOR SELECT TO aic_sealer USING (true);
CREATE POLICY sealer_writes ON audit_checkpoints FOR INSERT TO aic_sealer WITH CHECK (true);
CALL make_immutable('audit_checkpoints', false);
GRANT SELECT ON audit_checkpoints TO aic_app;
GRANT SELECT, INSERT ON audit_checkpoints TO aic_sealer;

ALTER TABLE metering_events
  ADD CONSTRAINT metering_events_meter_check CHECK (meter ~ '^[a-z][a-z0-9_.]{0,63}$'),
  ADD CONSTRAINT metering_events_quantity_check CHECK (quantity >= 0);
CALL protect_table('metering_events', 'workspace');
CALL make_immutable('metering_events', false);
GRANT SELECT, INSERT ON metering_events TO aic_app;
