import type { Provider, ProviderSettings } from "@aic-sos/auth/oidc";
import { type ClaimNames, STANDARD_CLAIMS } from "@aic-sos/auth/verified-identity";
import { cellOf, platformTenantId } from "@aic-sos/contract/ids";
import { EmailDomainName } from "@aic-sos/contract/email-domains";
import { ClaimNames as StoredClaimNames } from "@aic-sos/contract/identity-providers";
import { Email, Slug } from "@aic-sos/contract/text";
import { openClientSecret } from "../../client-secrets.ts";
import type { Dependencies } from "../../dependencies.ts";
import { guardedProvider } from "../../guarded-provider.ts";
import { LoginRefused } from "./login-refused.ts";
import { type LoginTenant, sessionStore } from "./session.store.ts";

/** A tenant that somebody can log in to, and the region that knows it. */
export interface FoundTenant extends LoginTenant {
  readonly region: string;
}

/** The provider that somebody logs in by. */
export interface LoginPlace {
  readonly provider: Provider;
  /** Null for the deployment's default provider. */
  readonly providerId: string | null;
  readonly claimNames: ClaimNames;
  readonly scope: string | undefined;
}

/**
 * Finds the active tenants of a slug: the served regions are asked side by side, and two regions may both have one.
 * Throws `tenant_unknown` when there is none.
 */
export async function tenantsOfSlug(deps: Dependencies, slug: string): Promise<FoundTenant[]> {
  if (!Slug.safeParse(slug).success) throw new LoginRefused("tenant_unknown");
  const tenants = await findTenants(deps, { slug });
  if (tenants.length === 0) throw new LoginRefused("tenant_unknown");
  return tenants;
}

/**
 * The tenants that proved the domain of an address. Whether anybody has that address is not looked up. Throws
 * `domain_unknown` when there is none.
 */
export async function tenantsOfAddress(deps: Dependencies, email: string): Promise<FoundTenant[]> {
  const address = Email.safeParse(email).data ?? "";
  const domain = EmailDomainName.safeParse(address.slice(address.lastIndexOf("@") + 1)).data;
  const tenants = domain === undefined ? [] : await findTenants(deps, { domain });
  if (tenants.length === 0) throw new LoginRefused("domain_unknown");
  return tenants;
}

async function findTenants(
  deps: Dependencies,
  by: { slug: string } | { domain: string },
): Promise<FoundTenant[]> {
  const found = await Promise.all(
    deps.cells.map(async ({ code, region }) => {
      const tenants = await sessionStore.findLoginTenants(code, by);
      return tenants.map((tenant) => ({ ...tenant, region }));
    }),
  );
  return found.flat();
}

/** An active tenant with its own active providers. Throws `tenant_unknown`. */
export async function loginTenant(deps: Dependencies, tenantId: string) {
  const cell = cellOf(tenantId);
  const served = deps.cells.some(({ code }) => code === cell);
  if (!served || tenantId === platformTenantId(cell)) throw new LoginRefused("tenant_unknown");
  const tenant = await sessionStore.readLoginTenant(tenantId);
  if (tenant?.state !== "active") throw new LoginRefused("tenant_unknown");
  return tenant;
}

type OwnProvider = Awaited<ReturnType<typeof loginTenant>>["identityProviders"][number];

/**
 * The tenant's own provider of that id, or (null) the deployment's default, as long as the tenant has none of its own.
 * Throws LoginRefused, LoginError.
 */
export async function placeOf(
  deps: Dependencies,
  tenantId: string,
  providerId: string | null,
): Promise<LoginPlace> {
  const { identityProviders: own } = await loginTenant(deps, tenantId);
  if (providerId === null) {
    if (own.length > 0) throw new LoginRefused("provider_changed");
    return defaultPlace(deps);
  }
  const chosen = own.find(({ id }) => id === providerId);
  if (!chosen) throw new LoginRefused("provider_changed");
  return ownPlace(deps, tenantId, chosen);
}

/** The provider of a session that was begun there: its own, wherever it is still in use. Throws as `placeOf`. */
export async function placeOfIssuer(
  deps: Dependencies,
  tenantId: string,
  issuer: string | null,
): Promise<LoginPlace> {
  const { identityProviders: own } = await loginTenant(deps, tenantId);
  const chosen = own.find((each) => each.issuer === issuer);
  if (chosen) return ownPlace(deps, tenantId, chosen);
  const place = await defaultPlace(deps);
  if (place.provider.issuer !== issuer) throw new LoginRefused("provider_changed");
  return place;
}

/** The deployment's default provider. Throws LoginError. */
export async function defaultPlace(deps: Dependencies): Promise<LoginPlace> {
  const { issuer, clientId, clientSecret, allowInsecure } = deps.config.identity.defaultProvider;
  const settings: ProviderSettings = { issuer, clientId, clientSecret, allowInsecure };
  const provider = await deps.providers.get(settings, deps.now());
  return { provider, providerId: null, claimNames: STANDARD_CLAIMS, scope: undefined };
}

/** A provider of the tenant's own. Throws LoginError. */
export async function ownPlace(
  deps: Dependencies,
  tenantId: string,
  own: OwnProvider,
): Promise<LoginPlace> {
  const clientSecret = await openClientSecret(deps, tenantId, own);
  const settings = guardedProvider(deps, { ...own, clientSecret });
  return {
    provider: await deps.providers.get(settings, deps.now()),
    providerId: own.id,
    claimNames: claimNamesOf(own.claimNames),
    scope: own.scopes,
  };
}

function claimNamesOf(stored: unknown): ClaimNames {
  const names = StoredClaimNames.parse(stored);
  return {
    email: names.email ?? STANDARD_CLAIMS.email,
    emailVerified: names.emailVerified ?? STANDARD_CLAIMS.emailVerified,
    name: names.name ?? STANDARD_CLAIMS.name,
    groups: names.groups ?? STANDARD_CLAIMS.groups,
  };
}
