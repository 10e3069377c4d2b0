import type { Permission } from "@aic-sos/contract/permissions";
import type { DenialReason } from "@aic-sos/contract/reasons";
import { countInWindow } from "@aic-sos/db/rate-limit";
import { workspaceOf } from "@aic-sos/policy/grant";
import type { Principal } from "@aic-sos/policy/principal";
import { securityEvent } from "./security-event.ts";
import type { Asking } from "./trpc/steps/asking.ts";

/** So many denials of one principal within so many seconds are a security event: one, however many follow. */
const REPEATED_DENIALS = { denials: 10, seconds: 300 };

/**
 * Counts a denial, over all replicas; the tenth of a window is told as an event that stands for the ten. Denials that
 * only ask for a workspace to be named are mistakes and do not count. Never throws: the denial itself is on record.
 * @param durable the id of the denial, once it is on record
 */
export async function noteDenial(
  { ctx: { deps }, resolved }: Asking<Permission>,
  principal: Principal,
  { reason, durable }: { readonly reason: DenialReason; readonly durable: Promise<string> },
): Promise<void> {
  if (reason === "workspace_required") return;
  const { cell: code, region, tenantId } = principal;
  const { denials, seconds } = REPEATED_DENIALS;
  try {
    const { points } = await countInWindow(code, "denials", principal.id, seconds);
    if (points !== denials) return;
    const event = securityEvent(
      deps,
      { code, region },
      {
        type: "security.repeated_denials",
        tenantId,
        actor: { id: principal.id, kind: principal.kind, authentication: principal.authentication },
        workspaceId: workspaceOf(resolved.scope),
        resource: null,
        outcome: "deny",
        reason,
        decisionId: await durable,
        count: denials,
      },
    );
    await deps.recordEvent(code, event);
  } catch (error) {
    deps.log.warn({ err: error }, "denial not counted");
  }
}
