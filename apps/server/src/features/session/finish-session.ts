import { clearLoginCookie, openLoginState, readLoginCookie } from "@aic-sos/auth/login-cookie";
import type { LoginState } from "@aic-sos/auth/login-state";
import { finishLogin } from "@aic-sos/auth/oidc";
import { newSecret } from "@aic-sos/auth/secret";
import { buildSessionCookie } from "@aic-sos/auth/session-cookie";
import type { VerifiedIdentity } from "@aic-sos/auth/verified-identity";
import { cellOf } from "@aic-sos/contract/ids";
import { keyedHash } from "@aic-sos/keyring/keyed-hash";
import type { Dependencies } from "../../dependencies.ts";
import { limitRate } from "../../limit-rate.ts";
import { AppError } from "../../app-error.ts";
import { PER_TENANT, REFUSALS_PER_TENANT } from "../../login-limits.ts";
import { SESSION_ABSOLUTE_MS } from "../../session-limits.ts";
import { admissionStore } from "./admission.store.ts";
import { checkInvitation } from "./check-invitation.ts";
import type { Departure } from "./begin-session.ts";
import { loginCookieKey } from "./login-cookie-key.ts";
import { type SessionDetail, sessionSealContext } from "./session-seal-context.ts";
import { placeOf } from "./tenant-provider.ts";

interface Callback {
  /** Path and query as the browser came back. */
  readonly url: string;
  readonly cookieHeader: string | undefined;
  readonly userAgent: string | undefined;
  readonly address: string | undefined;
  readonly requestId: string;
}

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
  const session = { tenantId, id: deps.newId(cellOf(tenantId)), secret: newSecret() };
  await admit(deps, callback, loginState, identity, session);
  return {
    location: loginState.returnTo,
    cookies: [buildSessionCookie(session, SESSION_ABSOLUTE_MS / 1000), clearLoginCookie()],
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
  session: { id: string; secret: string },
): Promise<void> {
  const cell = cellOf(tenantId);
  const keyring = deps.keyringOf(cell);
  // Everything that may need the key service comes before the transaction.
  const tenantKey = await keyring.forTenant(tenantId);
  const secretHash = await keyedHash(keyring, tenantId, "session", session.secret);
  const invited = invitation === null ? undefined : await checkInvitation(deps, invitation);
  const seal = (field: SessionDetail, text: string | null | undefined) =>
    text === null || text === undefined
      ? null
      : new Uint8Array(
          tenantKey.seal(
            Buffer.from(text, "utf8"),
            sessionSealContext(tenantId, session.id, field),
          ),
        );
  await admissionStore.admit({
    tenantId,
    identity,
    providerId,
    invitationId: invited,
    requestId: callback.requestId,
    now: deps.now(),
    newId: () => deps.newId(cell),
    session: {
      id: session.id,
      secretHash: new Uint8Array(secretHash),
      userAgentSealed: seal("user_agent_sealed", callback.userAgent?.slice(0, 500)),
      ipSealed: seal("ip_sealed", callback.address),
      idTokenHintSealed: seal("id_token_hint_sealed", identity.idToken),
    },
  });
}
