import { clearLoginCookie, openLoginState, readLoginCookie } from "@aic-sos/auth/login-cookie";
import type { LoginState } from "@aic-sos/auth/login-state";
import { finishLogin } from "@aic-sos/auth/oidc";
import { buildSessionCookie } from "@aic-sos/auth/session-cookie";
import type { VerifiedIdentity } from "@aic-sos/auth/verified-identity";
import { cellOf } from "@aic-sos/contract/ids";
import type { Dependencies } from "../../dependencies.ts";
import { limitRate } from "../../limit-rate.ts";
import { AppError } from "../../app-error.ts";
import { PER_TENANT, REFUSALS_PER_TENANT } from "../../login-limits.ts";
import { sessionLimits } from "../../session-settings.ts";
import { admissionStore } from "./admission.store.ts";
import { checkInvitation } from "./check-invitation.ts";
import type { Departure } from "./begin-session.ts";
import { loginCookieKey } from "./login-cookie-key.ts";
import { type Callback, newSession, type OpenSession, sealSession } from "./new-session.ts";
import { placeOf } from "./tenant-provider.ts";

/** Ends a login: verifies the identity, admits the person, and hands out a session. Throws LoginRefused, LoginError. */
export async function finishSession(deps: Dependencies, callback: Callback): Promise<Departure> {
  const key = await loginCookieKey(deps);
  const loginState = await openLoginState(key, readLoginCookie(callback.cookieHeader), deps.now());
  const { tenantId } = loginState;
  await limitRate(cellOf(tenantId), "login_finish_tenant", tenantId, PER_TENANT);
  const identity = await verify(deps, callback.url, loginState).catch(async (error: unknown) => {
    await noteRefusal(loginState, callback.requestId);
    throw error;
  });
  const session = newSession(deps, tenantId);
  await admit(deps, callback, loginState, identity, session);
  const { absoluteMs } = sessionLimits(deps.config.sessions);
  return {
    location: loginState.returnTo,
    cookies: [buildSessionCookie(session, absoluteMs / 1000), clearLoginCookie()],
  };
}

async function verify(
  deps: Dependencies,
  currentUrl: string,
  loginState: LoginState,
): Promise<VerifiedIdentity> {
  const { tenantId, providerId } = loginState;
  const { provider, claimNames } = await placeOf(deps, tenantId, providerId);
  return finishLogin(provider, { currentUrl, loginState, claimNames }, deps.now());
}

/** On record with the tenant whose provider it was: so many a minute, the rest is counted with all other failures. */
async function noteRefusal({ tenantId, providerId }: LoginState, requestId: string): Promise<void> {
  try {
    await limitRate(cellOf(tenantId), "login_refused_events", tenantId, REFUSALS_PER_TENANT);
  } catch (error) {
    if (error instanceof AppError) return;
    throw error;
  }
  await admissionStore.noteRefusal({ tenantId, providerId, requestId });
}

async function admit(
  deps: Dependencies,
  callback: Callback,
  { tenantId, providerId, invitation }: LoginState,
  identity: VerifiedIdentity,
  session: OpenSession,
): Promise<void> {
  // Everything that may need the key service comes before the transaction.
  const row = await sealSession(deps, session, callback, identity);
  const invited = invitation === null ? undefined : await checkInvitation(deps, invitation);
  await admissionStore.admit({
    tenantId,
    identity,
    providerId,
    invitationId: invited,
    requestId: callback.requestId,
    now: deps.now(),
    newId: () => deps.newId(cellOf(tenantId)),
    session: row,
    limits: sessionLimits(deps.config.sessions),
  });
}
