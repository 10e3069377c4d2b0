import {
  buildLoginCookie,
  clearLoginCookie,
  openLoginState,
  readLoginCookie,
  sealLoginState,
} from "@aic-sos/auth/login-cookie";
import { LoginError } from "@aic-sos/auth/login-error";
import { beginLogin, finishLogin } from "@aic-sos/auth/oidc";
import { buildSessionCookie } from "@aic-sos/auth/session-cookie";
import type { VerifiedIdentity } from "@aic-sos/auth/verified-identity";
import { cellOf, platformTenantId } from "@aic-sos/contract/ids";
import type { Dependencies } from "../../dependencies.ts";
import { idInCell } from "../../platform-administrator.ts";
import { platformSessionLimits, type SessionLimits } from "../../session-settings.ts";
import type { Departure } from "./begin-session.ts";
import { loginCookieKey } from "./login-cookie-key.ts";
import { type Callback, newSession, type OpenSession, sealSession } from "./new-session.ts";
import { platformAdmissionStore } from "./platform-admission.store.ts";
import { platformPlace } from "./platform-provider.ts";

const redirectUriOf = (deps: Dependencies) => `${deps.config.publicUrl}/auth/platform/callback`;

/** Sends a platform administrator to the provider that the configuration names. Throws LoginRefused, LoginError. */
export async function beginPlatformLogin(deps: Dependencies): Promise<Departure> {
  const { provider, scope } = await platformPlace(deps);
  const request = {
    redirectUri: redirectUriOf(deps),
    tenantId: homeTenant(deps),
    providerId: null,
    returnTo: "/tenants",
    invitation: null,
    ...(scope === undefined ? {} : { scope }),
  };
  const { url, loginState } = await beginLogin(provider, request, deps.now());
  const sealed = await sealLoginState(await loginCookieKey(deps), loginState);
  return { location: url, cookies: [buildLoginCookie(sealed)] };
}

/**
 * Ends such a login: who is in the group becomes a platform administrator in every cell that answers, with one session,
 * whose rows in the other cells are copies of the first one's. Throws LoginRefused, LoginError.
 */
export async function finishPlatformLogin(
  deps: Dependencies,
  callback: Callback,
): Promise<Departure> {
  const key = await loginCookieKey(deps);
  const loginState = await openLoginState(key, readLoginCookie(callback.cookieHeader), deps.now());
  if (loginState.tenantId !== homeTenant(deps) || loginState.redirectUri !== redirectUriOf(deps)) {
    throw new LoginError("state_mismatch", "the login was begun for a tenant");
  }
  const { provider, claimNames, group } = await platformPlace(deps);
  const login = { currentUrl: callback.url, loginState, claimNames };
  const identity = await finishLogin(provider, login, deps.now());
  const isMember = identity.groups.includes(group);
  const session = newSession(deps, loginState.tenantId);
  const limits = platformSessionLimits(deps.config.sessions);
  await admit(deps, callback, { identity, isMember, session, limits });
  // A copy does nothing without the session, and what is idle is the session.
  const limitsOfCopies = { ...limits, idleMs: limits.absoluteMs };
  for (const { code } of deps.cells.slice(1)) {
    const copy = { ...session, tenantId: platformTenantId(code), id: idInCell(session.id, code) };
    // A region that is away must not keep platform administrators out of the others.
    await admit(deps, callback, {
      identity,
      isMember,
      session: copy,
      limits: limitsOfCopies,
    }).catch((error: unknown) =>
      deps.log.warn({ err: error, cell: code }, "platform session not copied"),
    );
  }
  return {
    location: loginState.returnTo,
    cookies: [buildSessionCookie(session, limits.absoluteMs / 1000), clearLoginCookie()],
  };
}

/** Ends the copies of a platform administrator's session; the session itself has ended, and with it their use. */
export async function endCopies(deps: Dependencies, sessionId: string): Promise<void> {
  for (const { code } of deps.cells.filter((cell) => cell.code !== cellOf(sessionId))) {
    const id = idInCell(sessionId, code);
    await platformAdmissionStore
      .endCopy(platformTenantId(code), id, deps.now())
      .catch((error: unknown) =>
        deps.log.warn({ err: error, cell: code }, "copy of a platform session not ended"),
      );
  }
}

async function admit(
  deps: Dependencies,
  callback: Callback,
  login: {
    identity: VerifiedIdentity;
    isMember: boolean;
    session: OpenSession;
    limits: SessionLimits;
  },
): Promise<void> {
  const { identity, isMember, session, limits } = login;
  await platformAdmissionStore.admit({
    tenantId: session.tenantId,
    identity,
    isMember,
    session: await sealSession(deps, session, callback, identity),
    limits,
    requestId: callback.requestId,
    now: deps.now(),
    newId: () => deps.newId(cellOf(session.tenantId)),
  });
}

/** The reserved tenant of the first served cell: where platform administrators' sessions are. */
function homeTenant(deps: Dependencies): string {
  const [home] = deps.cells;
  if (!home) throw new RangeError("no cell is served");
  return platformTenantId(home.code);
}
