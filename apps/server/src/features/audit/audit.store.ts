import type { AuditEvent as StoredEvent } from "@aic-sos/audit/event";
import type { AuditEvent, ListAuditEvents } from "@aic-sos/contract/audit-events";
import { read } from "@aic-sos/db/scoped";
import { type Grant, TENANT_WIDE } from "@aic-sos/policy/grant";
import type { z } from "zod";
import { invalidField } from "../../app-error.ts";
import { rowsFor, toPage } from "../../page.ts";

export const auditStore = {
  /** Sealed events, newest first. From a workspace only its own; those of the whole tenant need a tenant-wide role. */
  async list(
    grant: Grant<"audit_event:read"> | Grant<"security_event:read">,
    input: Omit<z.output<typeof ListAuditEvents>, "workspaceId">,
  ) {
    const before = input.cursor === undefined ? {} : { seq: { lt: sequence(input.cursor) } };
    const rows = await read(grant, (db) =>
      db.auditEvent.findMany({
        where: {
          ...before,
          ...(grant.workspaceId === TENANT_WIDE ? {} : { workspaceId: grant.workspaceId }),
          ...(input.class === undefined ? {} : { class: input.class }),
          ...(input.type === undefined ? {} : { type: input.type }),
          ...(input.actorId === undefined ? {} : { actorId: input.actorId }),
        },
        select: { seq: true, event: true, leafHash: true, chainHash: true },
        orderBy: { seq: "desc" },
        take: rowsFor(input),
      }),
    );
    return toPage(rows, input.limit, toEvent, (row) => String(row.seq));
  },
};

function sequence(cursor: string): bigint {
  if (!/^[0-9]{1,18}$/.test(cursor)) throw invalidField("cursor", "must come from the page before");
  return BigInt(cursor);
}

function toEvent(row: {
  seq: bigint;
  event: string;
  leafHash: Uint8Array;
  chainHash: Uint8Array;
}): AuditEvent {
  const { v: _, ...event } = JSON.parse(row.event) as StoredEvent;
  return {
    ...event,
    seq: Number(row.seq),
    changes: [...event.changes],
    leafHash: Buffer.from(row.leafHash).toString("hex"),
    chainHash: Buffer.from(row.chainHash).toString("hex"),
  };
}
