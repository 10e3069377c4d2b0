import type { AuditEvent } from "@aic-sos/audit/event";
import { lowestIdAt } from "@aic-sos/contract/ids";
import { assertGrant, type Grant, TENANT_WIDE } from "@aic-sos/policy/grant";
import type pg from "pg";
import { cellByCode } from "./cells.ts";
import { scopeOf } from "./scope.ts";

/** What is looked for. What is left out is not asked about. */
export interface AuditSearch {
  /** From this instant, and before that one: ISO 8601. */
  readonly from?: string;
  readonly to?: string;
  readonly class?: AuditEvent["class"];
  readonly type?: string;
  /** Permissions of decisions, types of anything else; any of them. */
  readonly actions?: readonly string[];
  readonly actorId?: string;
  readonly outcome?: "allow" | "deny";
  readonly resourceType?: string;
  readonly resourceId?: string;
  /** Older than the event of this id. */
  readonly before?: string;
  readonly limit: number;
}

/** An event as it lies in the log. */
export interface FoundEvent extends pg.QueryResultRow {
  readonly id: string;
  readonly seq: string;
  /** The RFC 8785 text. */
  readonly event: string;
  readonly leaf_hash: Buffer;
  readonly chain_hash: Buffer;
}

/**
 * The most between an event's time and the moment when its id was made, in milliseconds: that of a security event beside a decision is
 * made after the rights were read again. A stretch of the log as long as this is walked through for each search by time.
 */
const ID_APART = 20_000;

/**
 * Events of the grant's scope, newest first by their ids. Every comparison is by an operator that is leakproof, so that
 * row-level security lets indexes be used; the statement has no name, so that it is planned for these very values: which index is
 * the right one depends on how rare they are.
 */
export async function searchAudit(
  grant: Grant<"audit_event:read"> | Grant<"security_event:read">,
  search: AuditSearch,
): Promise<readonly FoundEvent[]> {
  assertGrant(grant);
  const { text, values } = searchStatement(grant, search);
  const { rows } = await cellByCode(grant.cell).app.run<FoundEvent>(scopeOf(grant, true), {
    text,
    values,
  });
  return rows;
}

type Where = Pick<Grant, "tenantId" | "workspaceId" | "cell">;

/** The statement of a search: for each action a part of its own, which one index answers in the order that is wanted. */
export function searchStatement(
  where: Where,
  search: AuditSearch,
): { readonly text: string; readonly values: unknown[] } {
  const values: unknown[] = [];
  const hole = (value: unknown, type: string): string => `$${values.push(value)}::${type}`;
  const conditions = conditionsOf(where, search, hole);
  const limit = hole(search.limit, "bigint");
  const part = (more: readonly string[]) =>
    `select id, seq, event, leaf_hash, chain_hash from audit_events
      where ${[...conditions, ...more].join(" and ")} order by id desc limit ${limit}`;
  if (search.actions === undefined) return { text: part([]), values };
  const parts = search.actions.map((action) => part([`action = ${hole(action, "text")}`]));
  // No action at all: nothing.
  const [only = part(["false"]), ...others] = parts;
  if (others.length === 0) return { text: only, values };
  const union = [only, ...others].map((one) => `(${one})`).join(" union all ");
  return { text: `${union} order by id desc limit ${limit}`, values };
}

/** What else is true of each event of a type, and has an index. */
function impliedBy(
  type: string | undefined,
  equal: (column: string, value: string) => string[],
): string[] {
  if (type === undefined) return [];
  if (type === "decision.allowed") return equal("outcome", "allow");
  return type === "decision.denied" ? equal("outcome", "deny") : equal("action", type);
}

function conditionsOf(
  { tenantId, workspaceId, cell }: Where,
  search: AuditSearch,
  hole: (value: unknown, type: string) => string,
): string[] {
  const equal = (column: string, value: string | undefined, type = "text") =>
    value === undefined ? [] : [`${column} = ${hole(value, type)}`];
  const { from, to, before } = search;
  const idAt = (instant: string, apart: number) =>
    hole(lowestIdAt(cell, Math.max(0, Date.parse(instant) + apart)), "uuid");
  return [
    ...equal("tenant_id", tenantId, "uuid"),
    ...equal("workspace_id", workspaceId === TENANT_WIDE ? undefined : workspaceId, "uuid"),
    ...equal("class", search.class),
    ...equal("type", search.type),
    ...impliedBy(search.type, equal),
    ...equal("actor_id", search.actorId),
    ...equal("outcome", search.outcome),
    ...equal("resource_type", search.resourceType),
    ...equal("resource_id", search.resourceId),
    ...(before === undefined ? [] : [`id < ${hole(before, "uuid")}`]),
    ...(from === undefined
      ? []
      : [`time >= ${hole(from, "timestamptz")}`, `id >= ${idAt(from, -ID_APART)}`]),
    ...(to === undefined
      ? []
      : [`time < ${hole(to, "timestamptz")}`, `id < ${idAt(to, ID_APART)}`]),
  ];
}
