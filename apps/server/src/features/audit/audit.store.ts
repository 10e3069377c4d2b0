import { actionsOf } from "@aic-sos/audit/actions";
import type { AuditEvent as StoredEvent } from "@aic-sos/audit/event";
import type { AuditEvent, ListAuditEvents } from "@aic-sos/contract/audit-events";
import { isId } from "@aic-sos/contract/ids";
import { type AuditSearch, type FoundEvent, searchAudit } from "@aic-sos/db/audit-search";
import { read } from "@aic-sos/db/scoped";
import { type Grant, TENANT_WIDE } from "@aic-sos/policy/grant";
import type { z } from "zod";
import { invalidField, notFound } from "../../app-error.ts";
import { rowsFor, toPage } from "../../page.ts";
import { sealedFirst } from "../../sealed-first.ts";

type Asked = Omit<z.output<typeof ListAuditEvents>, "workspaceId" | "tenantWide">;

export const auditStore = {
  /** Sealed events, newest first. From a workspace only its own; those of the whole tenant need a tenant-wide role. */
  async list(grant: Grant<"audit_event:read"> | Grant<"security_event:read">, asked: Asked) {
    const { action, cursor, limit, ...filters } = asked;
    if (filters.resourceId !== undefined && filters.resourceType === undefined) {
      throw invalidField("resourceType", "is needed with resourceId");
    }
    if (cursor !== undefined && !isId(cursor)) {
      throw invalidField("cursor", "must come from the page before");
    }
    const search: AuditSearch = {
      ...filters,
      ...(action === undefined ? {} : { actions: actionsOf(action) }),
      ...(cursor === undefined ? {} : { before: cursor }),
      limit: rowsFor(asked),
    };
    return toPage(await searchAudit(grant, search), limit, ofRow, (row) => row.id);
  },

  /** The event of this id, sealed first if need be. */
  async one(grant: Grant<"audit_event:read">, id: string): Promise<AuditEvent> {
    return toEvent(await findEvent(grant, id));
  },
};

/** An event of the log as it lies there. */
interface LoggedEvent {
  readonly seq: bigint;
  /** Its RFC 8785 text. */
  readonly event: string;
  readonly leafHash: Uint8Array;
  readonly chainHash: Uint8Array;
}

/**
 * The event of this id. Asked for right after the answer that named it, it may not be sealed: it is sealed first.
 * @throws AppError `not_found` also when the grant does not reach the event's workspace
 */
export async function findEvent(
  grant: Grant<"audit_event:read">,
  id: string,
): Promise<LoggedEvent> {
  const select = { seq: true, event: true, leafHash: true, chainHash: true } as const;
  const { workspaceId } = grant;
  const where = workspaceId === TENANT_WIDE ? { id } : { id, workspaceId };
  const find = () => read(grant, (db) => db.auditEvent.findFirst({ where, select }));
  const event = await sealedFirst(grant.cell, find);
  if (!event) throw notFound();
  return event;
}

function ofRow({ seq, event, leaf_hash: leafHash, chain_hash: chainHash }: FoundEvent): AuditEvent {
  return toEvent({ seq: BigInt(seq), event, leafHash, chainHash });
}

function toEvent({ seq, event: text, leafHash, chainHash }: LoggedEvent): AuditEvent {
  const { v: _, ...event } = JSON.parse(text) as StoredEvent;
  return {
    ...event,
    seq: Number(seq),
    changes: [...event.changes],
    leafHash: Buffer.from(leafHash).toString("hex"),
    chainHash: Buffer.from(chainHash).toString("hex"),
  };
}
