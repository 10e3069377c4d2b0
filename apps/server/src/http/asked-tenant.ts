import type { Dependencies } from "../dependencies.ts";
import { tenantsOfSlug } from "../features/session/tenant-provider.ts";
import { LoginRefused } from "../features/session/login-refused.ts";
import { field, type Form, optionalField } from "../features/token/form.ts";
import { OAuthError } from "../oauth-error.ts";

/**
 * The tenant that a device names before anybody is known: by its name in addresses (`tenant`), and by `region` where two
 * regions know that name. It tells what the login page tells. Throws OAuthError `invalid_request`.
 */
export async function askedTenant(deps: Dependencies, form: Form): Promise<string> {
  const [slug, region] = [field(form, "tenant"), optionalField(form, "region")];
  const all = await tenantsOfSlug(deps, slug).catch((error: unknown) => {
    if (error instanceof LoginRefused) return [];
    throw error;
  });
  const [found, ...others] = all.filter(
    (tenant) => region === undefined || tenant.region === region,
  );
  if (!found) throw new OAuthError("invalid_request", "tenant is none that is known here");
  if (others.length === 0) return found.tenantId;
  const regions = all.map((tenant) => tenant.region).join(", ");
  throw new OAuthError("invalid_request", `tenant is known in ${regions}: say which, as region`);
}
