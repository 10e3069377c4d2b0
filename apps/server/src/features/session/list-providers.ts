import type { Dependencies } from "../../dependencies.ts";
import { tenantsOfSlug } from "./tenant-provider.ts";

/** The names of a tenant's providers, for the login page: that a tenant exists shows. Throws LoginRefused. */
export async function listProviders(
  deps: Dependencies,
  slug: string,
  region: string | undefined,
): Promise<{ providers: { id: string; name: string }[] }> {
  const tenants = await tenantsOfSlug(deps, slug);
  const here = tenants.filter((tenant) => region === undefined || tenant.region === region);
  const providers = here.flatMap((tenant) => tenant.providers);
  return { providers: providers.map(({ id, name }) => ({ id, name })) };
}
