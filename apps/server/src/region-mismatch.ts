import type { AuditEvent } from "@aic-sos/audit/event";
import { cellOf, platformTenantId } from "@aic-sos/contract/ids";
import type { Dependencies, ServedCell } from "./dependencies.ts";
import type { PresentedCredential } from "./presented-credential.ts";
import { securityEvent } from "./security-event.ts";
import { mayTell } from "./security-event-limit.ts";

type Telling = Pick<Dependencies, "log" | "newId" | "now" | "recordEvent">;

/**
 * Tells of a certificate whose tenant's region is not served here: nobody can verify it, so it goes into the chain of
 * those whom nobody could.
 */
export async function tellIfElsewhere(
  deps: Telling & Pick<Dependencies, "cells">,
  credential: PresentedCredential,
): Promise<void> {
  const [home] = deps.cells;
  if (credential.kind !== "client_certificate" || !home) return;
  const { tenantId } = credential;
  if (deps.cells.some(({ code }) => code === cellOf(tenantId))) return;
  deps.log.info({ tenantId }, "client certificate of a region that is not served");
  const actor = { id: "unauthenticated", kind: "unauthenticated", authentication: "none" } as const;
  await tellRegionMismatch(deps, home, { tenantId: platformTenantId(home.code), actor });
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
