-- Runs, their steps and approvals, and records of data with or without the data.

CREATE TABLE runs (
    tenant_id UUID NOT NULL,
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    workflow_id UUID NOT NULL,
    workflow_version_id UUID NOT NULL,
    environment TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'queued',
    trigger TEXT NOT NULL,
    requested_by UUID NOT NULL,
    inputs JSONB NOT NULL DEFAULT '{}',
    started_at TIMESTAMPTZ(3),
    finished_at TIMESTAMPTZ(3),
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT runs_pkey PRIMARY KEY (tenant_id,id)
);

CREATE TABLE steps (
    tenant_id UUID NOT NULL,
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    run_id UUID NOT NULL,
    step_id TEXT NOT NULL,
    use TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending',
    needs TEXT[] DEFAULT ARRAY[]::TEXT[],
    started_at TIMESTAMPTZ(3),
    finished_at TIMESTAMPTZ(3),
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT steps_pkey PRIMARY KEY (tenant_id,id)
);

CREATE TABLE approval_requests (
    tenant_id UUID NOT NULL,
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    run_id UUID NOT NULL,
    step_id UUID NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending',
    required_approvals INTEGER NOT NULL DEFAULT 1,
    digest TEXT NOT NULL,
    requested_by UUID NOT NULL,
    expires_at TIMESTAMPTZ(3),
    closed_at TIMESTAMPTZ(3),
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT approval_requests_pkey PRIMARY KEY (tenant_id,id)
);

CREATE TABLE approval_decisions (
    tenant_id UUID NOT NULL,
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    run_id UUID NOT NULL,
    approval_request_id UUID NOT NULL,
    verdict TEXT NOT NULL,
    digest TEXT NOT NULL,
    decided_by UUID NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT approval_decisions_pkey PRIMARY KEY (tenant_id,id)
);

CREATE TABLE records (
    tenant_id UUID NOT NULL,
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    run_id UUID NOT NULL,
    step_id UUID,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    class TEXT NOT NULL,
    size BIGINT NOT NULL,
    digest BYTEA,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT records_pkey PRIMARY KEY (tenant_id,id)
);

CREATE TABLE record_contents (
    tenant_id UUID NOT NULL,
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    record_id UUID NOT NULL,
    sealed BYTEA NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT record_contents_pkey PRIMARY KEY (tenant_id,id)
);

CREATE INDEX runs_tenant_id_workspace_id_state_id_idx ON runs(tenant_id, workspace_id, state, id);
CREATE INDEX runs_tenant_id_workspace_id_workflow_id_id_idx ON runs(tenant_id, workspace_id, workflow_id, id);
CREATE INDEX runs_tenant_id_workspace_id_workflow_id_workflow_version_id_idx ON runs(tenant_id, workspace_id, workflow_id, workflow_version_id);
CREATE INDEX runs_tenant_id_requested_by_idx ON runs(tenant_id, requested_by);
CREATE UNIQUE INDEX runs_tenant_id_workspace_id_id_key ON runs(tenant_id, workspace_id, id);
CREATE UNIQUE INDEX steps_tenant_id_workspace_id_run_id_id_key ON steps(tenant_id, workspace_id, run_id, id);
CREATE UNIQUE INDEX steps_tenant_id_workspace_id_run_id_step_id_key ON steps(tenant_id, workspace_id, run_id, step_id);
CREATE INDEX approval_requests_tenant_id_workspace_id_state_id_idx ON approval_requests(tenant_id, workspace_id, state, id);
CREATE INDEX approval_requests_tenant_id_workspace_id_run_id_step_id_idx ON approval_requests(tenant_id, workspace_id, run_id, step_id);
CREATE INDEX approval_requests_tenant_id_requested_by_idx ON approval_requests(tenant_id, requested_by);
CREATE UNIQUE INDEX approval_requests_tenant_id_workspace_id_run_id_id_key ON approval_requests(tenant_id, workspace_id, run_id, id);
CREATE INDEX approval_decisions_tenant_id_decided_by_idx ON approval_decisions(tenant_id, decided_by);
CREATE UNIQUE INDEX approval_decisions_tenant_id_workspace_id_run_id_approval_r_key ON approval_decisions(tenant_id, workspace_id, run_id, approval_request_id, decided_by);
CREATE INDEX records_tenant_id_workspace_id_run_id_step_id_idx ON records(tenant_id, workspace_id, run_id, step_id);
CREATE UNIQUE INDEX records_tenant_id_workspace_id_id_key ON records(tenant_id, workspace_id, id);
CREATE UNIQUE INDEX record_contents_tenant_id_workspace_id_record_id_key ON record_contents(tenant_id, workspace_id, record_id);

ALTER TABLE runs
  ADD CONSTRAINT runs_tenant_id_workspace_id_fkey
  FOREIGN KEY (tenant_id, workspace_id)
  REFERENCES workspaces(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE runs
  ADD CONSTRAINT runs_tenant_id_workspace_id_workflow_id_fkey
  FOREIGN KEY (tenant_id, workspace_id, workflow_id)
  REFERENCES workflows(tenant_id, workspace_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE runs
  ADD CONSTRAINT runs_tenant_id_workspace_id_workflow_id_workflow_version_i_fkey
  FOREIGN KEY (tenant_id, workspace_id, workflow_id, workflow_version_id)
  REFERENCES workflow_versions(tenant_id, workspace_id, workflow_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE runs
  ADD CONSTRAINT runs_tenant_id_requested_by_fkey
  FOREIGN KEY (tenant_id, requested_by)
  REFERENCES users(tenant_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE steps
  ADD CONSTRAINT steps_tenant_id_workspace_id_fkey
  FOREIGN KEY (tenant_id, workspace_id)
  REFERENCES workspaces(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE steps
  ADD CONSTRAINT steps_tenant_id_workspace_id_run_id_fkey
  FOREIGN KEY (tenant_id, workspace_id, run_id)
  REFERENCES runs(tenant_id, workspace_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE approval_requests
  ADD CONSTRAINT approval_requests_tenant_id_workspace_id_fkey
  FOREIGN KEY (tenant_id, workspace_id)
  REFERENCES workspaces(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE approval_requests
  ADD CONSTRAINT approval_requests_tenant_id_workspace_id_run_id_fkey
  FOREIGN KEY (tenant_id, workspace_id, run_id)
  REFERENCES runs(tenant_id, workspace_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE approval_requests
  ADD CONSTRAINT approval_requests_tenant_id_workspace_id_run_id_step_id_fkey
  FOREIGN KEY (tenant_id, workspace_id, run_id, step_id)
  REFERENCES steps(tenant_id, workspace_id, run_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE approval_requests
  ADD CONSTRAINT approval_requests_tenant_id_requested_by_fkey
  FOREIGN KEY (tenant_id, requested_by)
  REFERENCES users(tenant_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE approval_decisions
  ADD CONSTRAINT approval_decisions_tenant_id_workspace_id_fkey
  FOREIGN KEY (tenant_id, workspace_id)
  REFERENCES workspaces(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE approval_decisions
  ADD CONSTRAINT approval_decisions_tenant_id_workspace_id_run_id_fkey
  FOREIGN KEY (tenant_id, workspace_id, run_id)
  REFERENCES runs(tenant_id, workspace_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE approval_decisions
  ADD CONSTRAINT approval_decisions_tenant_id_workspace_id_run_id_approval__fkey
  FOREIGN KEY (tenant_id, workspace_id, run_id, approval_request_id)
  REFERENCES approval_requests(tenant_id, workspace_id, run_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE approval_decisions
  ADD CONSTRAINT approval_decisions_tenant_id_decided_by_fkey
  FOREIGN KEY (tenant_id, decided_by)
  REFERENCES users(tenant_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE records
  ADD CONSTRAINT records_tenant_id_workspace_id_fkey
  FOREIGN KEY (tenant_id, workspace_id)
  REFERENCES workspaces(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE records
  ADD CONSTRAINT records_tenant_id_workspace_id_run_id_fkey
  FOREIGN KEY (tenant_id, workspace_id, run_id)
  REFERENCES runs(tenant_id, workspace_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE records
  ADD CONSTRAINT records_tenant_id_workspace_id_run_id_step_id_fkey
  FOREIGN KEY (tenant_id, workspace_id, run_id, step_id)
  REFERENCES steps(tenant_id, workspace_id, run_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE record_contents
  ADD CONSTRAINT record_contents_tenant_id_workspace_id_fkey
  FOREIGN KEY (tenant_id, workspace_id)
  REFERENCES workspaces(tenant_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE record_contents
  ADD CONSTRAINT record_contents_tenant_id_workspace_id_record_id_fkey
  FOREIGN KEY (tenant_id, workspace_id, record_id)
  REFERENCES records(tenant_id, workspace_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;

ALTER TABLE runs
  ADD CONSTRAINT runs_state_check
    CHECK (state IN ('queued', 'running', 'waiting_for_approval', 'succeeded', 'failed', 'cancelled')),
  ADD CONSTRAINT runs_finished_check
    CHECK ((state IN ('succeeded', 'failed', 'cancelled')) = (finished_at IS NOT NULL)),
  ADD CONSTRAINT runs_trigger_check CHECK (trigger IN ('manual', 'api')),
  ADD CONSTRAINT runs_environment_check CHECK (char_length(environment) BETWEEN 1 AND 63),
  ADD CONSTRAINT runs_inputs_check CHECK (jsonb_typeof(inputs) = 'object');
CALL protect_table('runs', 'workspace');
GRANT SELECT, INSERT, DELETE, UPDATE (state, started_at, finished_at) ON runs TO aic_app;

ALTER TABLE steps
  ADD CONSTRAINT steps_state_check
    CHECK (state IN ('pending', 'running', 'waiting', 'succeeded', 'failed', 'skipped')),
  ADD CONSTRAINT steps_use_check CHECK (use IN ('llm', 'connector', 'approval', 'wait')),
  ADD CONSTRAINT steps_step_id_check CHECK (char_length(step_id) BETWEEN 1 AND 100);
CALL protect_table('steps', 'workspace');
GRANT SELECT, INSERT, UPDATE (state, started_at, finished_at) ON steps TO aic_app;

ALTER TABLE approval_requests
  ADD CONSTRAINT approval_requests_state_check
    CHECK (state IN ('pending', 'approved', 'rejected', 'expired', 'cancelled')),
  ADD CONSTRAINT approval_requests_closed_check CHECK ((state = 'pending') = (closed_at IS NULL)),
  ADD CONSTRAINT approval_requests_required_approvals_check CHECK (required_approvals BETWEEN 1 AND 20);
CALL protect_table('approval_requests', 'workspace');
GRANT SELECT, INSERT, UPDATE (state, closed_at) ON approval_requests TO aic_app;

ALTER TABLE approval_decisions
  ADD CONSTRAINT approval_decisions_verdict_check CHECK (verdict IN ('approve', 'reject'));
CALL protect_table('approval_decisions', 'workspace');
CALL make_immutable('approval_decisions', true);
-- Not with its request alone: that would be a way to unsay it.
CREATE TRIGGER delete_by_cascade BEFORE DELETE ON approval_decisions FOR EACH ROW
  EXECUTE FUNCTION delete_by_cascade_only('runs', 'run_id', 'workspaces', 'workspace_id');
GRANT SELECT, INSERT ON approval_decisions TO aic_app;

ALTER TABLE records
  ADD CONSTRAINT records_kind_check CHECK (kind IN ('run_input', 'step_output', 'prompt', 'completion', 'attachment')),
  ADD CONSTRAINT records_class_check CHECK (class IN ('metadata', 'content')),
  ADD CONSTRAINT records_size_check CHECK (size >= 0),
  ADD CONSTRAINT records_name_check CHECK (char_length(name) BETWEEN 1 AND 200);
CALL protect_table('records', 'workspace');
GRANT SELECT, INSERT ON records TO aic_app;

CALL protect_table('record_contents', 'workspace');
GRANT SELECT, INSERT ON record_contents TO aic_app;

-- Content is not stored unless the tenant asked. The share lock makes a change of the mode wait for us, or us for it, so that no
-- content arrives after the mode has become metadata_only. Security definer: FOR SHARE needs a right to update.
CREATE FUNCTION record_contents_need_full_mode() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_mode text;
BEGIN
  SELECT data_persistence_mode INTO v_mode FROM public.workspaces
    WHERE tenant_id = NEW.tenant_id AND id = NEW.workspace_id FOR SHARE;
  IF v_mode IS DISTINCT FROM 'full' THEN
    RAISE EXCEPTION 'content is not kept in this workspace: its data_persistence_mode is %', coalesce(v_mode, 'unknown')
      USING ERRCODE = 'AE003';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER needs_full_mode BEFORE INSERT OR UPDATE ON record_contents FOR EACH ROW
  EXECUTE FUNCTION record_contents_need_full_mode();
