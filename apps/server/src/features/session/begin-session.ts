import { parseInvitation } from "@aic-sos/auth/invitation";
import { buildLoginCookie, sealLoginState } from "@aic-sos/auth/login-cookie";
import { beginLogin } from "@aic-sos/auth/oidc";
import { safeReturnTo } from "@aic-sos/auth/return-to";
import type { Dependencies } from "../../dependencies.ts";
import { loginCookieKey } from "./login-cookie-key.ts";
import { LoginRefused } from "./login-refused.ts";
import { placeOf, tenantsOfSlug } from "./tenant-provider.ts";

/** Where to send the browser, and what to let it carry there. */
export interface Departure {
  readonly location: string;
  readonly cookies: readonly string[];
}

export interface LoginWish {
  readonly slug: string;
  /** Tells two tenants of one slug in two regions apart. */
  readonly region: string | undefined;
  readonly returnTo: string | undefined;
}

/** Begins a login by the tenant's slug. Throws LoginRefused, LoginError. */
export async function beginSession(deps: Dependencies, wish: LoginWish): Promise<Departure> {
  const tenants = await tenantsOfSlug(deps, wish.slug);
  const here =
    wish.region === undefined ? tenants : tenants.filter((tenant) => tenant.region === wish.region);
  const [tenant, ...others] = here;
  if (!tenant) throw new LoginRefused("tenant_unknown");
  if (others.length > 0) return choose(wish, tenants);
  return depart(deps, tenant.tenantId, wish.returnTo, null);
}

/** Begins a login that will accept an invitation. What it claims is checked when it is accepted. */
export async function beginByInvitation(deps: Dependencies, token: string): Promise<Departure> {
  const invitation = parseInvitation(token);
  if (!invitation) throw new LoginRefused("invitation_invalid");
  return depart(deps, invitation.tenantId, undefined, token);
}

async function depart(
  deps: Dependencies,
  tenantId: string,
  returnTo: string | undefined,
  invitation: string | null,
): Promise<Departure> {
  const { provider, providerId } = await placeOf(deps, tenantId);
  const request = {
    redirectUri: `${deps.config.publicUrl}/auth/callback`,
    tenantId,
    providerId,
    returnTo: safeReturnTo(returnTo) ?? "/",
    invitation,
  };
  const { url, loginState } = await beginLogin(provider, request, deps.now());
  const sealed = await sealLoginState(await loginCookieKey(deps), loginState);
  return { location: url, cookies: [buildLoginCookie(sealed)] };
}

/** Back to the login page, which offers the regions that know this slug. */
function choose(wish: LoginWish, tenants: readonly { region: string }[]): Departure {
  const query = new URLSearchParams({
    tenant: wish.slug,
    choose: tenants.map((tenant) => tenant.region).join(","),
  });
  const returnTo = safeReturnTo(wish.returnTo);
  if (returnTo !== undefined) query.set("return_to", returnTo);
  return { location: `/login?${query.toString()}`, cookies: [] };
}
