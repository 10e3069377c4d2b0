import type { Discovery } from "@aic-sos/contract/identity-providers";
import { AppError } from "../../app-error.ts";
import type { Dependencies } from "../../dependencies.ts";
import { type Discovered, discover } from "../../discover.ts";
import type { EnteredProvider } from "../../guarded-provider.ts";
import { limitRate } from "../../limit-rate.ts";

/** Each of them is a request to somebody else's server. */
const DISCOVERIES = { points: 30, seconds: 60 } as const;

/** Discovery for an admin, as often as is reasonable. Throws `rate_limited`. */
export async function discoverForTenant(
  deps: Dependencies,
  grant: { readonly cell: number; readonly tenantId: string },
  entered: EnteredProvider,
): Promise<Discovered> {
  await limitRate(grant.cell, "discovery", grant.tenantId, DISCOVERIES);
  return discover(deps, entered);
}

/** Only a provider that people can log in by is saved. Throws `identity_provider_refused` with why it is none. */
export function requireUsable(discovery: Discovery): Discovery {
  if (discovery.usable) return discovery;
  throw new AppError("identity_provider_refused", discovery.means, {
    errors: [{ field: "issuer", message: `${discovery.problem}: ${discovery.means}` }],
  });
}
