import type { Provider } from "@aic-sos/auth/oidc";
import { cellOf } from "@aic-sos/contract/ids";
import { Slug } from "@aic-sos/contract/text";
import type { Dependencies } from "../../dependencies.ts";
import { LoginRefused } from "./login-refused.ts";
import { type LoginTenant, sessionStore } from "./session.store.ts";

/** A tenant of a slug, and the region that knows it. */
export interface FoundTenant extends LoginTenant {
  readonly region: string;
}

/** The provider that a tenant's people use. */
export interface LoginPlace {
  readonly provider: Provider;
  /** Null for the deployment's default provider. */
  readonly providerId: string | null;
}

/**
 * Finds the active tenants of a slug: the served regions are asked side by side, and two regions may both have one.
 * Throws `tenant_unknown` when there is none.
 */
export async function tenantsOfSlug(deps: Dependencies, slug: string): Promise<FoundTenant[]> {
  if (!Slug.safeParse(slug).success) throw new LoginRefused("tenant_unknown");
  const found = await Promise.all(
    deps.cells.map(async ({ code, region }) => {
      const tenants = await sessionStore.findLoginTenants(code, slug);
      return tenants.map((tenant) => ({ ...tenant, region }));
    }),
  );
  const tenants = found.flat();
  if (tenants.length === 0) throw new LoginRefused("tenant_unknown");
  return tenants;
}

/** The tenant's own provider, or the deployment's default until it has one. Throws LoginRefused, LoginError. */
export async function placeOf(deps: Dependencies, tenantId: string): Promise<LoginPlace> {
  if (!deps.cells.some((cell) => cell.code === cellOf(tenantId)))
    throw new LoginRefused("tenant_unknown");
  const tenant = await sessionStore.readLoginTenant(tenantId);
  if (tenant?.state !== "active") throw new LoginRefused("tenant_unknown");
  const [own] = tenant.identityProviders;
  if (!own) {
    const { issuer, clientId, clientSecret, allowInsecure } = deps.config.identity.defaultProvider;
    const provider = await deps.providers.get(
      { issuer, clientId, clientSecret, allowInsecure },
      deps.now(),
    );
    return { provider, providerId: null };
  }
  const sealed = own.clientSecretSealed;
  const clientSecret = sealed === null ? null : await openSecret(deps, tenantId, own.id, sealed);
  const settings = {
    issuer: own.issuer,
    clientId: own.clientId,
    clientSecret,
    allowInsecure: false,
  };
  return { provider: await deps.providers.get(settings, deps.now()), providerId: own.id };
}

async function openSecret(
  deps: Dependencies,
  tenantId: string,
  recordId: string,
  sealed: Uint8Array,
): Promise<string> {
  const context = {
    tenantId,
    purpose: "client_secret",
    recordId,
    field: "client_secret_sealed",
  } as const;
  const opened = await deps.keyringOf(cellOf(tenantId)).open(tenantId, sealed, context);
  return Buffer.from(opened).toString("utf8");
}
