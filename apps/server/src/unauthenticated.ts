import type { AuditEvent } from "@aic-sos/audit/event";
import { platformTenantId } from "@aic-sos/contract/ids";

/** Failures of callers whom nobody could authenticate, counted together so that a flood cannot fill the disk. */
export interface UnauthenticatedCounter {
  count(): void;
  /** Writes what was counted since the last flush as one event in the chain of the platform tenant. */
  flush(): Promise<void>;
}

interface CounterParts {
  readonly cell: { code: number; region: string };
  readonly newId: (cell: number) => string;
  readonly now: () => number;
  readonly recordEvent: (cell: number, event: AuditEvent) => Promise<void>;
}

export function createUnauthenticatedCounter(parts: CounterParts): UnauthenticatedCounter {
  let counted = 0;
  return {
    count: () => {
      counted += 1;
    },
    flush: async () => {
      if (counted === 0) return;
      const count = counted;
      counted = 0;
      try {
        await parts.recordEvent(parts.cell.code, eventOf(parts, count));
      } catch (error) {
        counted += count;
        throw error;
      }
    },
  };
}

function eventOf({ cell, newId, now }: CounterParts, count: number): AuditEvent {
  return {
    v: 1,
    id: newId(cell.code),
    time: new Date(now()).toISOString(),
    class: "security",
    type: "security.unauthenticated",
    tenantId: platformTenantId(cell.code),
    workspaceId: null,
    region: cell.region,
    actor: { id: "unauthenticated", kind: "unauthenticated", authentication: "none" },
    procedure: null,
    permission: null,
    outcome: "deny",
    reason: "unauthenticated",
    resource: null,
    decisionId: null,
    requestId: null,
    changes: [],
    count,
  };
}
