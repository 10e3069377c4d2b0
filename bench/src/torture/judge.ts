import { setTimeout as sleep } from "node:timers/promises";
import { type ChainLink, firstChainFault } from "@aic-sos/audit/chain";
import type { AuditEvent } from "@aic-sos/audit/event";
import type pg from "pg";
import type { Kind, Write } from "./writes.ts";

/** A write whose client was told that it is done. */
export interface Acknowledged extends Write {
  readonly id: string;
}

export interface Verdict {
  /** What is not as it has to be, one line each. */
  readonly problems: readonly string[];
  /** Events in the sealed log. */
  readonly sealed: number;
}

const SEALED_WITHIN_MS = 60_000;
const MOST_LINES = 20;

/** Looks behind the curtain, as superuser: rows, events and chains. The server still runs, so that it seals the rest. */
export async function judge(
  db: pg.Client,
  acknowledged: readonly Acknowledged[],
): Promise<Verdict> {
  const problems: string[] = [];
  if (!(await untilSealed(db)))
    problems.push(`the inbox was not sealed within ${SEALED_WITHIN_MS / 1000} s`);
  problems.push(...(await rowProblems(db, acknowledged)));
  const events = await sealedEvents(db);
  problems.push(...eventProblems(acknowledged, events), ...chainProblems(events));
  return { problems: problems.slice(0, MOST_LINES), sealed: events.length };
}

async function untilSealed(db: pg.Client): Promise<boolean> {
  const end = performance.now() + SEALED_WITHIN_MS;
  while (performance.now() < end) {
    const { rows } = await db.query<{ waiting: boolean }>(
      "select exists (select from audit_inbox) as waiting",
    );
    if (rows[0]?.waiting === false) return true;
    await sleep(100);
  }
  return false;
}

const ROWS: Readonly<Record<Kind, string>> = {
  workspace: "select id, name as mark from workspaces",
  workflow: "select id, upper(name) as mark from workflows",
  run: "select id, inputs ->> 'ticket' as mark from runs",
};

/** Each mark in one row, and that row the one that was acknowledged. */
async function rowProblems(
  db: pg.Client,
  acknowledged: readonly Acknowledged[],
): Promise<string[]> {
  const found = new Map<string, string[]>();
  for (const [kind, sql] of Object.entries(ROWS)) {
    const { rows } = await db.query<{ id: string; mark: string }>(sql);
    for (const { id, mark } of rows)
      found.set(`${kind} ${mark}`, [...(found.get(`${kind} ${mark}`) ?? []), id]);
  }
  return acknowledged.flatMap(({ kind, mark, id }) => {
    const ids = found.get(`${kind} ${mark}`) ?? [];
    return ids.length === 1 && ids[0] === id
      ? []
      : [`${kind} ${mark} was acknowledged as ${id}, there is [${ids.join(", ")}]`];
  });
}

interface Sealed extends ChainLink {
  readonly tenantId: string;
  readonly event: AuditEvent;
}

async function sealedEvents(db: pg.Client): Promise<readonly Sealed[]> {
  const { rows } = await db.query<{
    tenant_id: string;
    seq: string;
    event: string;
    leaf_hash: Buffer;
    previous_chain_hash: Buffer;
    chain_hash: Buffer;
  }>(
    "select tenant_id, seq, event, leaf_hash, previous_chain_hash, chain_hash from audit_events order by tenant_id, seq",
  );
  return rows.map((row) => ({
    tenantId: row.tenant_id,
    seq: Number(row.seq),
    text: row.event,
    event: JSON.parse(row.event) as AuditEvent,
    leafHash: row.leaf_hash,
    previousChainHash: row.previous_chain_hash,
    chainHash: row.chain_hash,
  }));
}

/** For each write one event of the change, which names a decision that allowed it. */
function eventProblems(acknowledged: readonly Acknowledged[], sealed: readonly Sealed[]): string[] {
  const changes = new Map<string, AuditEvent[]>();
  const allowed = new Set<string>();
  for (const { event } of sealed) {
    if (event.type === "decision.allowed") allowed.add(event.id);
    if (event.class !== "change" || !event.resource || !event.type.endsWith(".created")) continue;
    changes.set(event.resource.id, [...(changes.get(event.resource.id) ?? []), event]);
  }
  return acknowledged.flatMap(({ kind, mark, id }) => {
    const [change, ...more] = changes.get(id) ?? [];
    if (!change || more.length > 0)
      return [`${kind} ${mark} has ${more.length + (change ? 1 : 0)} change events`];
    if (change.type !== `${kind}.created`) return [`${kind} ${mark} has an event ${change.type}`];
    return change.decisionId !== null && allowed.has(change.decisionId)
      ? []
      : [`${kind} ${mark} names the decision ${change.decisionId}, which is not in the log`];
  });
}

/** Dense, and every hash right, tenant by tenant. */
function chainProblems(sealed: readonly Sealed[]): string[] {
  const chains = Map.groupBy(sealed, ({ tenantId }) => tenantId);
  return [...chains].flatMap(([tenantId, links]) => {
    const fault = firstChainFault(links);
    return fault ? [`the chain of ${tenantId} is wrong at ${fault.seq}: ${fault.fault}`] : [];
  });
}
