import { LoginError } from "@aic-sos/auth/login-error";
import { verifyLogoutToken } from "@aic-sos/auth/logout-token";
import type { Provider } from "@aic-sos/auth/oidc";
import { cellOf, isId, platformTenantId } from "@aic-sos/contract/ids";
import type { Dependencies } from "../../dependencies.ts";
import { type ProviderSession, providerLogoutStore } from "./provider-logout.store.ts";
import { LoginRefused } from "./login-refused.ts";
import { platformPlace } from "./platform-provider.ts";
import { defaultPlace, ownPlace } from "./tenant-provider.ts";

/** Whose provider says it: a tenant's own one, the deployment's (whose sessions may be of any tenant), the platform's. */
export type LogoutSource =
  | { readonly tenantId: string; readonly providerId: string }
  | "deployment"
  | "platform";

/** A logout token that was verified. */
interface Logout {
  readonly session: ProviderSession;
  readonly jti: string;
  readonly now: number;
  readonly requestId: string;
}

/**
 * Ends the sessions that a provider's logout token names, and the apps let in from them, at once: the epoch of their
 * people rises with it. Each token counts once in each region, from when its work there is done: where that fails the
 * provider sends it again. A region that is away keeps it from no other. Throws LoginError, LoginRefused.
 * @returns how many ended
 */
export async function endByProvider(
  deps: Dependencies,
  source: LogoutSource,
  token: { readonly text: string; readonly requestId: string },
): Promise<number> {
  const provider = await providerOf(deps, source);
  const now = deps.now();
  const { jti, ...session } = await verifyLogoutToken(provider, token.text, now);
  const logout = { session, jti, now, requestId: token.requestId };
  const cells =
    typeof source === "string" ? deps.cells.map(({ code }) => code) : [cellOf(source.tenantId)];
  const ended = await allOrFirstFailure(cells, (cell) => endInCell(cell, source, logout));
  if (ended.every((count) => count === undefined)) {
    throw new LoginError("token_malformed", "the logout token was used before");
  }
  return ended.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

/** How many ended; undefined where the token was used before. */
async function endInCell(
  cell: number,
  source: LogoutSource,
  { session, jti, now, requestId }: Logout,
): Promise<number | undefined> {
  if (await providerLogoutStore.isUsed(cell, session.issuer, jti)) return undefined;
  const tenants = await tenantsOf(cell, source, session);
  const ended = await allOrFirstFailure(tenants, (tenantId) =>
    providerLogoutStore.end(tenantId, session, { now, requestId }),
  );
  await providerLogoutStore.markUsed(cell, session.issuer, jti);
  return ended.reduce((sum, count) => sum + count, 0);
}

/** Does each one, whatever becomes of the others, and only then throws what the first that failed has thrown. */
async function allOrFirstFailure<T, R>(
  all: readonly T[],
  doOne: (one: T) => Promise<R>,
): Promise<R[]> {
  const done: R[] = [];
  const failures: unknown[] = [];
  for (const outcome of await Promise.allSettled(all.map(doOne))) {
    if (outcome.status === "fulfilled") done.push(outcome.value);
    else failures.push(outcome.reason);
  }
  if (failures.length > 0) throw failures[0];
  return done;
}

async function providerOf(deps: Dependencies, source: LogoutSource): Promise<Provider> {
  if (source === "deployment") return (await defaultPlace(deps)).provider;
  if (source === "platform") return (await platformPlace(deps)).provider;
  const { tenantId, providerId } = source;
  const known = isId(tenantId) && isId(providerId);
  if (!known || !deps.cells.some(({ code }) => code === cellOf(tenantId))) {
    throw new LoginRefused("tenant_unknown");
  }
  const own = await providerLogoutStore.findProvider(tenantId, providerId);
  if (!own) throw new LoginRefused("provider_changed");
  return (await ownPlace(deps, tenantId, own)).provider;
}

function tenantsOf(
  cell: number,
  source: LogoutSource,
  session: ProviderSession,
): Promise<readonly string[]> | readonly string[] {
  if (source === "platform") return [platformTenantId(cell)];
  if (source === "deployment") return providerLogoutStore.tenantsOf(cell, session);
  return [source.tenantId];
}
