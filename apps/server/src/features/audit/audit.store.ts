import { actionsOf } from "@aic-sos/audit/actions";
import type { AuditEvent as StoredEvent } from "@aic-sos/audit/event";
import type { AuditEvent, ListAuditEvents } from "@aic-sos/contract/audit-events";
import { isId } from "@aic-sos/contract/ids";
import { type AuditSearch, type FoundEvent, searchAudit } from "@aic-sos/db/audit-search";
import type { Grant } from "@aic-sos/policy/grant";
import type { z } from "zod";
import { invalidField } from "../../app-error.ts";
import { rowsFor, toPage } from "../../page.ts";

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
    return toPage(await searchAudit(grant, search), limit, toEvent, (row) => row.id);
  },
};

function toEvent(row: FoundEvent): AuditEvent {
  const { v: _, ...event } = JSON.parse(row.event) as StoredEvent;
  return {
    ...event,
    seq: Number(row.seq),
    changes: [...event.changes],
    leafHash: row.leaf_hash.toString("hex"),
    chainHash: row.chain_hash.toString("hex"),
  };
}
