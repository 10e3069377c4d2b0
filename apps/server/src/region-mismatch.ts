import type { AuditEvent } from "@aic-sos/audit/event";
import { platformTenantId } from "@aic-sos/contract/ids";
import type { Dependencies, ServedCell } from "./dependencies.ts";
import { securityEvent } from "./security-event.ts";
import { mayTell } from "./security-event-limit.ts";

type Telling = Pick<Dependencies, "log" | "newId" | "now" | "recordEvent">;

/**
 * Tells of certificates whose tenant's region is not served here: nobody can verify them, so it goes into the chain of
 * those whom nobody could. Beside the request.
 */
export function elsewhereTeller(
  deps: Telling,
  home: ServedCell,
): (claim: { readonly tenantId: string }) => void {
  const actor = { id: "unauthenticated", kind: "unauthenticated", authentication: "none" } as const;
  return ({ tenantId }) => {
    deps.log.info({ tenantId }, "client certificate of a region that is not served");
    void tellRegionMismatch(deps, home, { tenantId: platformTenantId(home.code), actor });
  };
}

/**
 * Tells that a certificate came to a region that is not its tenant's, where no decision tells it. Never throws: the
 * certificate is refused all the same.
 */
export async function tellRegionMismatch(
  deps: Telling,
  cell: ServedCell,
  about: Pick<AuditEvent, "tenantId" | "actor"> & { readonly requestId?: string },
): Promise<void> {
  const event = securityEvent(deps, cell, {
    ...about,
    type: "security.region_mismatch",
    resource: null,
    outcome: "deny",
    reason: "region_mismatch",
  });
  try {
    if (await mayTell(deps, cell.code, event)) await deps.recordEvent(cell.code, event);
  } catch (error) {
    deps.log.error({ err: error }, "a region mismatch was not told");
  }
}
