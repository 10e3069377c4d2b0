-- One way into the log (docs/adr/0012): the function seal_events, whose caller says which events of the inbox, and nothing else.

-- Also the rows that were sealed since log_of is there. Through tenants, so that the index by (tenant_id, seq) serves.
ALTER TABLE audit_events DISABLE TRIGGER immutable;
UPDATE audit_events AS e SET log_of = t.tenant_id FROM tenants AS t WHERE e.tenant_id = t.tenant_id AND e.seq = 1;
ALTER TABLE audit_events ENABLE TRIGGER immutable;
-- Validated by a later migration, which lets others work meanwhile.
ALTER TABLE audit_events
  ADD CONSTRAINT audit_events_log_of_check CHECK (log_of IS NOT DISTINCT FROM CASE seq WHEN 1 THEN tenant_id END) NOT VALID,
  ADD CONSTRAINT audit_events_log_of_fkey
  FOREIGN KEY (log_of)
  REFERENCES tenants(tenant_id) ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE audit_events DROP CONSTRAINT audit_events_tenant_id_fkey;

DROP TRIGGER say_their_text ON audit_events;
DROP FUNCTION audit_events_say_their_text();
DROP POLICY sealer_writes ON audit_events;
REVOKE INSERT ON audit_events FROM aic_sealer;

-- How a statement refuses an event: SQL itself cannot raise.
CREATE FUNCTION refuse_event() RETURNS uuid
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RAISE EXCEPTION 'an event does not say what the log has to know of it, or says it of another'
    USING ERRCODE = 'check_violation', TABLE = 'audit_events', CONSTRAINT = 'audit_events_columns_check';
END
$$;

-- Chain hashes of events with these leaf hashes that follow one with chain hash p_end, one after another (packages/audit/src/chain.ts).
CREATE FUNCTION chain_hashes(p_end bytea, p_leaf_hashes bytea[]) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_last bytea := p_end;
  v_leaf bytea;
  v_all bytea[] := '{}';
BEGIN
  FOREACH v_leaf IN ARRAY p_leaf_hashes LOOP
    v_last := sha256(v_last || v_leaf);
    v_all := array_append(v_all, v_last);
  END LOOP;
  RETURN (SELECT string_agg(hash, ''::bytea ORDER BY at) FROM unnest(v_all) WITH ORDINALITY AS one (hash, at));
END
$$;

-- Appends events of the inbox to their tenants' logs: of batch i those from p_firsts[i] to p_lasts[i] (from 1), in the order of the lists.
-- Where they go, their hashes and the columns to search by are what the log and the texts say: the caller only says which events.
-- The batches stay in the inbox. Returns for each tenant where its log ended, the chain hash where it ends now, the leaf hashes of what
-- came and the security events among it. What is not there is left out.
-- SQL, whose body is planned at each call, for what is in the inbox and the log now. Its settings undo what the sealer's connections have for
-- its other statements: tenants are joined by hash, for there may be thousands in a call, and the foreign key's own look at each is planned
-- once. No setting of the caller decides what a time is.
CREATE FUNCTION seal_events(p_places tid[], p_tenant_ids uuid[], p_batch_ids uuid[], p_firsts integer[], p_lasts integer[])
RETURNS TABLE (tenant_id uuid, end_seq bigint, end_hash bytea, new_hash bytea, leaf_hashes bytea, security jsonb)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = auto
  SET enable_hashjoin = on SET datestyle = 'ISO, YMD' SET standard_conforming_strings = on AS $$
  WITH piece AS MATERIALIZED (
    -- By its place, one by one (LIMIT has it so), and by its ids as well: when its row is gone the place may be another one's.
    SELECT i.*, named.nth,
      (sum(cardinality(i.events)) OVER (PARTITION BY i.tenant_id ORDER BY named.nth) - cardinality(i.events))::integer AS before
    FROM unnest(p_places, p_tenant_ids, p_batch_ids, p_firsts, p_lasts)
      WITH ORDINALITY AS named (place, tenant_id, id, first, last, nth)
    CROSS JOIN LATERAL (
      SELECT w.tenant_id, w.event_ids[named.first:named.last] AS event_ids, w.events[named.first:named.last] AS events
      FROM public.audit_inbox AS w
      WHERE w.ctid = named.place AND w.tenant_id = named.tenant_id AND w.id = named.id LIMIT 1) AS i
  ), leaves AS (
    SELECT p.tenant_id, array_agg(sha256('\x00'::bytea || convert_to(one.event, 'UTF8')) ORDER BY p.nth, one.at) AS hashes
    FROM piece AS p CROSS JOIN LATERAL unnest(p.events) WITH ORDINALITY AS one (event, at) GROUP BY p.tenant_id
  ), log AS MATERIALIZED (
    SELECT l.tenant_id, coalesce(e.seq, 0) AS end_seq, n.end_hash,
      (SELECT string_agg(one.hash, ''::bytea ORDER BY one.at) FROM unnest(l.hashes) WITH ORDINALITY AS one (hash, at)) AS leaf_hashes,
      public.chain_hashes(n.end_hash, l.hashes) AS chain_hashes
    FROM leaves AS l
    LEFT JOIN LATERAL (
      SELECT e.seq, e.chain_hash FROM public.audit_events AS e WHERE e.tenant_id = l.tenant_id ORDER BY e.seq DESC LIMIT 1) AS e ON true
    CROSS JOIN LATERAL (SELECT coalesce(e.chain_hash, decode(repeat('00', 32), 'hex')) AS end_hash) AS n
  ), sealed AS (
    INSERT INTO public.audit_events AS e (tenant_id, id, workspace_id, seq, log_of, time, class, type, actor_id, action, outcome,
      resource_type, resource_id, event, leaf_hash, previous_chain_hash, chain_hash)
    SELECT
      -- Another spelling of a UUID would be another text than its column's. No "infinity", and no year before Christ, which Postgres
      -- has and nobody else reads.
      CASE WHEN (said.said_id = said.id::text AND said.said_tenant_id = said.tenant_id::text
          AND said.said_workspace_id IS NOT DISTINCT FROM said.workspace_id::text AND said.time LIKE '____-__-__T__:__:__.___Z') IS TRUE
        THEN said.tenant_id ELSE public.refuse_event() END,
      said.id, said.workspace_id, said.end_seq + said.nth, CASE said.end_seq + said.nth WHEN 1 THEN said.tenant_id END,
      said.time::timestamptz, said.class, said.type, said.actor_id,
      -- What was asked or done: of a decision the permission, of anything else the type.
      CASE said.class WHEN 'decision' THEN coalesce(said.permission, said.type) ELSE said.type END,
      said.outcome, said.resource_type, said.resource_id, said.event, substring(said.leaf_hashes FROM said.nth * 32 - 31 FOR 32),
      CASE said.nth WHEN 1 THEN said.end_hash ELSE substring(said.chain_hashes FROM said.nth * 32 - 63 FOR 32) END,
      substring(said.chain_hashes FROM said.nth * 32 - 31 FOR 32)
    -- OFFSET 0 keeps each step by itself: a text is read once, then taken apart once.
    FROM (
      SELECT parsed.*, v ->> 'id' AS said_id, v ->> 'tenantId' AS said_tenant_id, v ->> 'workspaceId' AS said_workspace_id,
        (v ->> 'workspaceId')::uuid AS workspace_id, v ->> 'time' AS time, v ->> 'class' AS class, v ->> 'type' AS type,
        v -> 'actor' ->> 'id' AS actor_id, v ->> 'permission' AS permission, v ->> 'outcome' AS outcome,
        v -> 'resource' ->> 'type' AS resource_type, v -> 'resource' ->> 'id' AS resource_id
      FROM (
        SELECT log.*, one.id, one.event, (p.before + one.at)::integer AS nth, one.event::jsonb AS v
        FROM piece AS p JOIN log USING (tenant_id) CROSS JOIN LATERAL unnest(p.event_ids, p.events) WITH ORDINALITY AS one (id, event, at)
        OFFSET 0
      ) AS parsed
      OFFSET 0
    ) AS said
    RETURNING e.tenant_id, e.id, e.seq, e.time, e.class, e.type
  )
  SELECT log.tenant_id, log.end_seq, log.end_hash, substring(log.chain_hashes FROM octet_length(log.chain_hashes) - 31), log.leaf_hashes,
    coalesce(s.security, '[]')
  FROM log LEFT JOIN (
    SELECT s.tenant_id, jsonb_agg(jsonb_build_object('tenantId', s.tenant_id, 'id', s.id, 'type', s.type, 'time', s.time) ORDER BY s.seq)
        AS security
    FROM sealed AS s WHERE s.class = 'security' GROUP BY s.tenant_id) AS s USING (tenant_id)
$$;
GRANT EXECUTE ON FUNCTION seal_events(tid[], uuid[], uuid[], integer[], integer[]) TO aic_sealer;

-- A batch that was sealed at once lies in the log as it lay in the inbox, which one look at a stretch of the log shows. Of any other each
-- event is looked up. The ids of the events need no look of their own: they are in the texts. EXECUTE, so that it is planned each time;
-- LIMIT, so that an event is looked up by its id (20261130100000).
CREATE OR REPLACE FUNCTION audit_inbox_keeps_unsealed() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  v_unsealed boolean;
BEGIN
  EXECUTE 'SELECT EXISTS (
    SELECT FROM gone
    WHERE gone.events IS DISTINCT FROM (
        SELECT array_agg(e.event ORDER BY e.seq) FROM public.audit_events AS e,
          (SELECT f.seq FROM public.audit_events AS f WHERE f.tenant_id = gone.tenant_id AND f.id = gone.id LIMIT 1) AS first
        WHERE e.tenant_id = gone.tenant_id AND e.seq >= first.seq AND e.seq < first.seq + gone.size)
      AND EXISTS (SELECT FROM unnest(gone.event_ids, gone.events) AS said (id, event) WHERE NOT EXISTS (
      SELECT FROM (SELECT e.event FROM public.audit_events AS e WHERE e.tenant_id = gone.tenant_id AND e.id = said.id LIMIT 1) AS sealed
      WHERE sealed.event = said.event)))' INTO v_unsealed;
  IF v_unsealed THEN
    RAISE EXCEPTION 'DELETE of audit_inbox is refused: an event is not in the log yet' USING ERRCODE = 'AE005';
  END IF;
  RETURN NULL;
END
$$;
