-- The audit log's tree (docs/adr/0005): complete subtrees of 256 leaves and more, the keys that sign checkpoints, and the hashes of
-- events that a reader may not see.

CREATE TABLE audit_tree_nodes (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    level SMALLINT NOT NULL,
    index BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT audit_tree_nodes_pkey PRIMARY KEY (tenant_id,id)
);
CREATE UNIQUE INDEX audit_tree_nodes_tenant_id_level_index_key ON audit_tree_nodes(tenant_id, level, index);
ALTER TABLE audit_tree_nodes
  ADD CONSTRAINT audit_tree_nodes_tenant_id_fkey
  FOREIGN KEY (tenant_id)
  REFERENCES tenants(tenant_id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE audit_tree_nodes
  ADD CONSTRAINT audit_tree_nodes_level_check CHECK (level BETWEEN 8 AND 52),
  ADD CONSTRAINT audit_tree_nodes_index_check CHECK (index >= 0),
  ADD CONSTRAINT audit_tree_nodes_hash_check CHECK (octet_length(hash) = 32);
CALL protect_table('audit_tree_nodes', 'custom');
CREATE POLICY app_scope ON audit_tree_nodes FOR SELECT TO aic_app USING (
  tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY sealer_reads ON audit_tree_nodes FOR SELECT TO aic_sealer USING (true);
CREATE POLICY sealer_writes ON audit_tree_nodes FOR INSERT TO aic_sealer WITH CHECK (true);
CALL make_immutable('audit_tree_nodes', false);
GRANT SELECT ON audit_tree_nodes TO aic_app;
GRANT SELECT, INSERT ON audit_tree_nodes TO aic_sealer;

-- Rows of the reserved tenant `platform`. The newest generation signs; all of them are published.
CREATE TABLE checkpoint_keys (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    generation INTEGER NOT NULL,
    public_key BYTEA NOT NULL,
    private_key_sealed BYTEA NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT checkpoint_keys_pkey PRIMARY KEY (tenant_id,id)
);
CREATE UNIQUE INDEX checkpoint_keys_tenant_id_generation_key ON checkpoint_keys(tenant_id, generation);
ALTER TABLE checkpoint_keys
  ADD CONSTRAINT checkpoint_keys_tenant_id_fkey
  FOREIGN KEY (tenant_id)
  REFERENCES tenants(tenant_id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE checkpoint_keys
  ADD CONSTRAINT checkpoint_keys_generation_check CHECK (generation > 0),
  ADD CONSTRAINT checkpoint_keys_public_key_check CHECK (octet_length(public_key) = 32);
CALL protect_table('checkpoint_keys', 'tenant');
CALL make_immutable('checkpoint_keys', false);
GRANT SELECT, INSERT ON checkpoint_keys TO aic_app;

-- The columns to filter by repeat the text, which is what is hashed: a search must not find what was never said.
-- plpgsql, so that the text is parsed once.
CREATE FUNCTION audit_columns_agree(
  p_event text, p_tenant_id uuid, p_id uuid, p_workspace_id uuid, p_time timestamptz, p_class text, p_type text, p_actor_id text
) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  v_said constant jsonb := p_event::jsonb;
BEGIN
  RETURN v_said ->> 'id' = p_id::text
    AND v_said ->> 'tenantId' = p_tenant_id::text
    AND v_said ->> 'workspaceId' IS NOT DISTINCT FROM p_workspace_id::text
    AND (v_said ->> 'time')::timestamptz = p_time
    AND v_said ->> 'class' = p_class
    AND v_said ->> 'type' = p_type
    AND v_said -> 'actor' ->> 'id' = p_actor_id;
END
$$;
GRANT EXECUTE ON FUNCTION audit_columns_agree(text, uuid, uuid, uuid, timestamptz, text, text, text) TO aic_sealer;
ALTER TABLE audit_events
  ADD CONSTRAINT audit_events_columns_check
    CHECK (audit_columns_agree(event, tenant_id, id, workspace_id, time, class, type, actor_id) IS TRUE);

-- Leaf hashes of the scope's tenant, whatever their workspace: what proofs are made of. Range i is the leaves p_begins[i] (from 0) to
-- before p_ends[i], 256 at most. Leaf n is the event of seq n + 1. Never any text.
CREATE FUNCTION audit_leaf_hashes(p_begins bigint[], p_ends bigint[])
RETURNS TABLE (range integer, leaf_hash bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT r.ordinality::integer, e.leaf_hash
  FROM unnest(p_begins[1:8], p_ends[1:8]) WITH ORDINALITY AS r (first, past)
  CROSS JOIN LATERAL (
    SELECT seq, e.leaf_hash FROM public.audit_events AS e
    WHERE e.tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)
      AND e.seq > r.first AND e.seq <= least(r.past, r.first + 256)
  ) AS e
  ORDER BY r.ordinality, e.seq
$$;

-- The links of a stretch of the scope's tenant, 1,000 at most, with the leaf hash of the text as it is now. Never any text.
CREATE FUNCTION audit_hidden_links(p_first bigint, p_last bigint)
RETURNS TABLE (seq bigint, leaf_hash bytea, previous_chain_hash bytea, chain_hash bytea, text_hash bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT e.seq, e.leaf_hash, e.previous_chain_hash, e.chain_hash, sha256('\x00'::bytea || convert_to(e.event, 'UTF8'))
  FROM public.audit_events AS e
  WHERE e.tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)
    AND e.seq >= p_first AND e.seq <= least(p_last, p_first + 999)
  ORDER BY e.seq
$$;

-- The last sequence number of the scope's tenant, 0 when there is none.
CREATE FUNCTION audit_head_seq() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce((
    SELECT e.seq FROM public.audit_events AS e
    WHERE e.tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)
    ORDER BY e.seq DESC LIMIT 1), 0)
$$;
GRANT EXECUTE ON FUNCTION audit_leaf_hashes(bigint[], bigint[]), audit_hidden_links(bigint, bigint), audit_head_seq() TO aic_app;
