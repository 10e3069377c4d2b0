import type { AuditEvent } from "@aic-sos/audit/event";
import { type Permission, PERMISSIONS } from "@aic-sos/contract/permissions";
import type { DenialReason } from "@aic-sos/contract/reasons";
import { StaleEpoch } from "@aic-sos/db/errors";
import { receiptOf } from "@aic-sos/db/receipts";
import { decide, type Decision } from "@aic-sos/policy/decide";
import type { Grant } from "@aic-sos/policy/grant";
import { AppError, notFound } from "../../app-error.ts";
import type { Authenticated } from "../../authenticator.ts";
import { noteBrokenInvariant } from "../../broken-invariants.ts";
import { decisionEvents } from "../../decision-events.ts";
import { noteDenial } from "../../repeated-denials.ts";
import { mayTell } from "../../security-event-limit.ts";
import type { RequestContext } from "../context.ts";
import type { Asking } from "./asking.ts";

/** Rights may change once more while they are read: keys that are rotated one after the other do that. */
const MOST_REREADS = 4;

/**
 * Decides, and makes the decision durable: before a mutation runs, and before a read answers (its write runs beside
 * the read). When the database finds that the principal's rights have changed since they were cached (stale epoch),
 * they are read again and it is decided again. A denial is always decided on freshly read rights.
 */
export async function authorize<P extends Permission, T>(
  asking: Asking<P>,
  proceed: (authenticated: Authenticated, grant: Grant<P>) => Promise<T>,
): Promise<T> {
  let current = asking.authenticated;
  for (let again = 0; ; again += 1) {
    try {
      return await attempt(asking, current, proceed);
    } catch (error) {
      if (again === MOST_REREADS || !isStale(error)) throw error;
    }
    current = await reread(asking.ctx, current);
  }
}

async function attempt<P extends Permission, T>(
  asking: Asking<P>,
  authenticated: Authenticated,
  proceed: (authenticated: Authenticated, grant: Grant<P>) => Promise<T>,
): Promise<T> {
  const { decision, durable, decidedOn } = await decideOn(asking, authenticated);
  if (decision.outcome === "deny") {
    await noteDenial(asking, decidedOn.principal, { reason: decision.reason, durable });
    throw await denied(durable, decision.reason, asking);
  }
  if (asking.mutates) await durable;
  let result: T;
  try {
    result = await proceed(decidedOn, decision.grant);
  } catch (error) {
    if (!isStale(error)) await noteBrokenInvariant(asking, error);
    throw error;
  } finally {
    // No answer before its decision is durable, also when the answer is a failure.
    await durable;
  }
  if (asking.mutates) asking.ctx.auditIds.push(receiptOf(decision.grant) ?? (await durable));
  return result;
}

/**
 * One more decision, for what a procedure finds out only when it has begun: no less durable, before its effect.
 * @returns undefined when it is denied
 */
export async function alsoAllowed<P extends Permission>(
  ctx: RequestContext & { readonly authenticated: Authenticated; readonly grant: Grant },
  permission: P,
  asked: { readonly workspaceId: string; readonly procedure: string; readonly input: unknown },
): Promise<Grant<P> | undefined> {
  const { tenantId, region, cell } = ctx.grant;
  const scope = { tenantId, region, cell, workspaceId: asked.workspaceId };
  const { authenticated } = ctx;
  const asking = { ctx, authenticated, permission, resolved: { scope, refused: undefined } };
  const { procedure, input } = asked;
  const { decision, durable } = await decideOn(
    { ...asking, procedure, input, mutates: false },
    authenticated,
  );
  await durable;
  return decision.outcome === "allow" ? decision.grant : undefined;
}

interface Decided<P extends Permission> {
  readonly decision: Decision<P>;
  readonly durable: Promise<string>;
  /** The principal with the rights that were decided on: read again where the cached ones did not do. */
  readonly decidedOn: Authenticated;
}

async function decideOn<P extends Permission>(
  { ctx, resolved, permission, procedure, input }: Asking<P>,
  authenticated: Authenticated,
): Promise<Decided<P>> {
  const { cell } = resolved.scope;
  const decisionId = ctx.deps.newId(cell);
  const now = ctx.deps.now();
  const judge = ({ principal }: Authenticated): Decision<P> =>
    resolved.refused
      ? { outcome: "deny", reason: resolved.refused }
      : decide({
          principal,
          permission,
          scope: resolved.scope,
          now,
          decisionId,
          requestId: ctx.requestId,
        });
  let current = authenticated;
  let decision = judge(current);
  if (decision.outcome === "deny" && current.cached) {
    current = await reread(ctx, current);
    decision = judge(current);
  }
  const events = decisionEvents({
    ctx,
    principal: current.principal,
    permission,
    procedure,
    input,
    decision,
    decisionId,
    now,
    scope: resolved.scope,
    refused: resolved.refused !== undefined,
  });
  const durable = Promise.all(events.map((event) => record(ctx, cell, event))).then(
    () => decisionId,
  );
  // Whoever awaits `durable` sees its failure; without this line a failure before that would end the process.
  durable.catch(() => undefined);
  ctx.deps.metrics.decision(
    decision.outcome,
    permission,
    decision.outcome === "deny" ? decision.reason : "none",
  );
  return { decision, durable, decidedOn: current };
}

/** Every decision; of the security events beside them no more than a flood's worth. */
function record(ctx: RequestContext, cell: number, event: AuditEvent): Promise<void> {
  return event.class === "security"
    ? recordWatched(ctx, cell, event)
    : ctx.deps.recordEvent(cell, event);
}

async function recordWatched(ctx: RequestContext, cell: number, event: AuditEvent): Promise<void> {
  if (await mayTell(ctx.deps, cell, event)) await ctx.deps.recordEvent(cell, event);
}

/** The principal as the database has it now. One that is no longer there is unauthenticated. */
async function reread(ctx: RequestContext, before: Authenticated): Promise<Authenticated> {
  const cell = before.principal.cell;
  const authenticated = await ctx.deps.authenticator.authenticate(ctx.credential, {
    cell,
    fresh: true,
  });
  if (authenticated) return authenticated;
  ctx.deps.unauthenticated.count();
  throw new AppError("unauthenticated", "The session or key has ended. Log in again.", {
    reason: "unauthenticated",
  });
}

function isStale(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof StaleEpoch) return true;
  }
  return false;
}

/** The answer to a denial: nothing may show whether a thing exists that the caller may not know of. */
async function denied(
  durable: Promise<string>,
  reason: DenialReason,
  { permission, resolved }: Asking<Permission>,
): Promise<AppError> {
  const decisionId = await durable;
  const detail = `You may not ${PERMISSIONS[permission].means}.`;
  switch (reason) {
    case "tenant_mismatch":
      return notFound();
    case "no_binding":
      return PERMISSIONS[permission].scope === "workspace" && resolved.scope.workspaceId !== "*"
        ? notFound()
        : new AppError("forbidden", `${detail} It needs a tenant-wide role.`, {
            decisionId,
            reason,
          });
    case "region_mismatch":
      return new AppError(
        "region_mismatch",
        "An id in the request, or the certificate, names another region than yours.",
        {
          decisionId,
          reason,
        },
      );
    case "workspace_required":
      return new AppError(
        "workspace_required",
        "Name a workspace in the path, the body or X-Workspace-Id.",
        {
          decisionId,
          reason,
          errors: [
            { field: "workspaceId", message: "is needed, since you have a role in more than one" },
          ],
        },
      );
    default:
      return new AppError("forbidden", detail, { decisionId, reason });
  }
}
