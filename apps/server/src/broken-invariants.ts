import type { Permission } from "@aic-sos/contract/permissions";
import { RefusedByDatabase } from "@aic-sos/db/errors";
import { workspaceOf } from "@aic-sos/policy/grant";
import { securityEvent } from "./security-event.ts";
import { mayTell } from "./security-event-limit.ts";
import type { Asking } from "./trpc/steps/asking.ts";

/**
 * When the database had to refuse what our own checks should have: row-level security, a missing grant, or a trigger
 * that guards what never changes. Then a check is missing, or somebody got around it. Never throws.
 */
export async function noteBrokenInvariant(
  { ctx, authenticated, resolved, procedure, permission }: Asking<Permission>,
  error: unknown,
): Promise<void> {
  if (!guardsInvariant(error)) return;
  const { principal } = authenticated;
  const { cell: code, region, tenantId } = principal;
  const event = securityEvent(
    ctx.deps,
    { code, region },
    {
      type: "security.invariant_broken",
      tenantId,
      actor: { id: principal.id, kind: principal.kind, authentication: principal.authentication },
      workspaceId: workspaceOf(resolved.scope),
      resource: null,
      procedure,
      permission,
      requestId: ctx.requestId,
    },
  );
  try {
    if (await mayTell(ctx.deps, code, event)) await ctx.deps.recordEvent(code, event);
  } catch (failure) {
    ctx.deps.log.error({ err: failure }, "a broken invariant is not on record");
  }
}

function guardsInvariant(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof RefusedByDatabase) return cause.guardsInvariant;
  }
  return false;
}
