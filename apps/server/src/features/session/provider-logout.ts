import { LoginError } from "@aic-sos/auth/login-error";
import { verifyLogoutToken } from "@aic-sos/auth/logout-token";
import type { Provider } from "@aic-sos/auth/oidc";
import { cellOf, isId, platformTenantId } from "@aic-sos/contract/ids";
import type { Dependencies } from "../../dependencies.ts";
import { providerLogoutStore } from "./provider-logout.store.ts";
import { LoginRefused } from "./login-refused.ts";
import { platformPlace } from "./platform-provider.ts";
import { defaultPlace, ownPlace } from "./tenant-provider.ts";

/** Whose provider says it: a tenant's own one, the deployment's (whose sessions may be of any tenant), the platform's. */
export type LogoutSource =
  | { readonly tenantId: string; readonly providerId: string }
  | "deployment"
  | "platform";

/**
 * Ends the sessions that a provider's logout token names, at once: the epoch of their people rises with it. Each token
 * counts once. Throws LoginError, LoginRefused.
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
  const cell = typeof source === "string" ? homeCell(deps) : cellOf(source.tenantId);
  if (!(await providerLogoutStore.isFirstUse(cell, session.issuer, jti))) {
    throw new LoginError("token_malformed", "the logout token was used before");
  }
  let ended = 0;
  for (const tenantId of await tenantsOf(deps, source, session)) {
    const at = { now, requestId: token.requestId };
    ended += await providerLogoutStore.end(tenantId, session, at);
  }
  return ended;
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

type Named = Parameters<typeof providerLogoutStore.tenantsOf>[1];

async function tenantsOf(
  deps: Dependencies,
  source: LogoutSource,
  session: Named,
): Promise<readonly string[]> {
  if (source === "platform") return deps.cells.map(({ code }) => platformTenantId(code));
  if (typeof source !== "string") return [source.tenantId];
  const all = await Promise.all(
    deps.cells.map(({ code }) => providerLogoutStore.tenantsOf(code, session)),
  );
  return all.flat();
}

function homeCell(deps: Dependencies): number {
  const [home] = deps.cells;
  if (!home) throw new RangeError("no cell is served");
  return home.code;
}
