import { isLive } from "@aic-sos/policy/principal";
import { AppError, invalidField } from "../../app-error.ts";
import { type AskedByApp, checkAppRequest } from "../../app-request.ts";
import type { Authenticated } from "../../authenticator.ts";
import type { Dependencies } from "../../dependencies.ts";
import type { NativeClient } from "../../token-settings.ts";

/**
 * The client of a request that may be answered. The page that asks has been told already; this is for whoever calls
 * past it. Throws `invalid_input`, `conflict`, `forbidden`.
 */
export function requireAppRequest(
  deps: Dependencies,
  authenticated: Authenticated,
  asked: AskedByApp,
): NativeClient {
  requireSession(authenticated);
  const checked = checkAppRequest(deps.config.tokens, asked);
  if (checked.kind === "good") return checked.client;
  if (checked.kind === "refused") throw invalidField("codeChallenge", checked.detail);
  throw invalidField(
    checked.field === "client_id" ? "clientId" : "redirectUri",
    "is not one that this deployment knows",
  );
}

/** Else a key, or an app that is limited to one workspace, could let another app in for more. Throws `conflict`. */
export function requireSession({ principal }: Authenticated): void {
  if (principal.authentication === "session") return;
  throw new AppError("conflict", "Only somebody who is signed in to the console lets apps in.");
}

/** True when the person has a role there: an app is never limited to a workspace that its person cannot see. */
export function hasRoleIn({ principal }: Authenticated, workspaceId: string, now: number): boolean {
  return principal.bindings.some(
    (binding) =>
      isLive(binding, now) && (binding.workspaceId === null || binding.workspaceId === workspaceId),
  );
}
