import { parseInvitation } from "@aic-sos/auth/invitation";
import { buildLoginCookie, sealLoginState } from "@aic-sos/auth/login-cookie";
import { beginLogin } from "@aic-sos/auth/oidc";
import { safeReturnTo } from "@aic-sos/auth/return-to";
import { cellOf } from "@aic-sos/contract/ids";
import type { Dependencies } from "../../dependencies.ts";
import { limitRate } from "../../limit-rate.ts";
import { PER_TENANT } from "../../login-limits.ts";
import { loginCookieKey } from "./login-cookie-key.ts";
import { LoginRefused } from "./login-refused.ts";
import {
  type FoundTenant,
  loginTenant,
  placeOf,
  tenantsOfAddress,
  tenantsOfSlug,
} from "./tenant-provider.ts";

/** Where to send the browser, and what to let it carry there. */
export interface Departure {
  readonly location: string;
  readonly cookies: readonly string[];
}

export interface LoginWish {
  readonly slug: string;
  /** Tells two tenants of one slug in two regions apart. */
  readonly region: string | undefined;
  /** Which of the tenant's providers, where it has several. */
  readonly providerId: string | undefined;
  readonly returnTo: string | undefined;
}

/** What a login carries through the provider and back. */
interface Luggage {
  readonly returnTo: string | undefined;
  readonly invitation: string | null;
  readonly loginHint?: string;
}

/** Begins a login by the tenant's slug. Throws LoginRefused, LoginError, AppError `rate_limited`. */
export async function beginSession(deps: Dependencies, wish: LoginWish): Promise<Departure> {
  const tenants = await tenantsOfSlug(deps, wish.slug);
  const here =
    wish.region === undefined ? tenants : tenants.filter((tenant) => tenant.region === wish.region);
  const [tenant, ...others] = here;
  if (!tenant) throw new LoginRefused("tenant_unknown");
  const luggage = { returnTo: wish.returnTo, invitation: null };
  if (others.length > 0) {
    const regions = tenants.map(({ region }) => region).join(",");
    return choose({ tenant: wish.slug, choose: regions }, luggage);
  }
  return depart(deps, tenant.tenantId, wish.providerId, luggage);
}

/**
 * Begins a login by the domain of an address; the address goes on to the provider as a hint. Whether anybody here has
 * it does not show. Throws as `beginSession`.
 */
export async function beginByEmail(
  deps: Dependencies,
  email: string,
  returnTo: string | undefined,
): Promise<Departure> {
  const tenants = await tenantsOfAddress(deps, email);
  const [tenant, ...others] = tenants;
  const luggage = { returnTo, invitation: null, loginHint: email };
  if (!tenant || others.length > 0) return choose({ tenants: placesOf(tenants) }, luggage);
  const [only, ...several] = tenant.providers;
  return depart(deps, tenant.tenantId, several.length === 0 ? only?.id : undefined, luggage);
}

/** Begins a login that will accept an invitation. What it claims is checked when it is accepted. */
export async function beginByInvitation(
  deps: Dependencies,
  token: string,
  providerId: string | undefined,
): Promise<Departure> {
  const invitation = parseInvitation(token);
  if (!invitation) throw new LoginRefused("invitation_invalid");
  const luggage = { returnTo: undefined, invitation: token };
  return depart(deps, invitation.tenantId, providerId, luggage);
}

async function depart(
  deps: Dependencies,
  tenantId: string,
  wished: string | undefined,
  luggage: Luggage,
): Promise<Departure> {
  const tenant = await loginTenant(deps, tenantId);
  await limitRate(cellOf(tenantId), "login_tenant", tenantId, PER_TENANT);
  const own = tenant.identityProviders;
  const [only, ...others] = own;
  if (wished === undefined && others.length > 0) {
    const providers = own.map(({ id }) => id).join(",");
    return choose({ tenant: tenant.slug, region: tenant.region, providers }, luggage);
  }
  const { provider, providerId, scope } = await placeOf(deps, tenantId, wished ?? only?.id ?? null);
  const request = {
    redirectUri: `${deps.config.publicUrl}/auth/callback`,
    tenantId,
    providerId,
    returnTo: safeReturnTo(luggage.returnTo) ?? "/",
    invitation: luggage.invitation,
    ...(scope === undefined ? {} : { scope }),
    ...(luggage.loginHint === undefined ? {} : { loginHint: luggage.loginHint }),
  };
  const { url, loginState } = await beginLogin(provider, request, deps.now());
  const sealed = await sealLoginState(await loginCookieKey(deps), loginState);
  return { location: url, cookies: [buildLoginCookie(sealed)] };
}

function placesOf(tenants: readonly FoundTenant[]): string {
  return tenants.map(({ slug, region }) => `${slug}@${region}`).join(",");
}

/** Back to the login page, which offers the regions, the tenants or the providers that there are to choose from. */
function choose(between: Readonly<Record<string, string>>, luggage: Luggage): Departure {
  const query = new URLSearchParams(between);
  const returnTo = safeReturnTo(luggage.returnTo);
  if (returnTo !== undefined) query.set("return_to", returnTo);
  if (luggage.invitation !== null) query.set("invitation", luggage.invitation);
  return { location: `/login?${query.toString()}`, cookies: [] };
}
