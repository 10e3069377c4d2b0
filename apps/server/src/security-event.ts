import type { SecurityType } from "@aic-sos/audit/catalogue";
import type { AuditEvent } from "@aic-sos/audit/event";
import type { Dependencies, ServedCell } from "./dependencies.ts";

type Told = Pick<AuditEvent, "tenantId" | "actor" | "resource"> & {
  readonly type: SecurityType;
} & Partial<
    Pick<
      AuditEvent,
      | "workspaceId"
      | "procedure"
      | "permission"
      | "outcome"
      | "reason"
      | "decisionId"
      | "requestId"
      | "count"
    >
  >;

/** A security event outside of any transaction. What is not told is null, `count` 1. */
export function securityEvent(
  deps: Pick<Dependencies, "newId" | "now">,
  cell: ServedCell,
  told: Told,
): AuditEvent {
  return {
    v: 1,
    id: deps.newId(cell.code),
    time: new Date(deps.now()).toISOString(),
    class: "security",
    workspaceId: null,
    region: cell.region,
    procedure: null,
    permission: null,
    outcome: null,
    reason: null,
    decisionId: null,
    requestId: null,
    changes: [],
    count: 1,
    ...told,
  };
}
