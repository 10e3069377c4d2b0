import type { Dependencies } from "./dependencies.ts";
import { limitedNetwork } from "./http/limited-network.ts";
import { tellIfElsewhere } from "./region-mismatch.ts";
import { limitAnywhere } from "./limit-rate.ts";
import type { PresentedCredential } from "./presented-credential.ts";

/** How many wrong keys and certificates one address may show. */
const WRONG_PER_ADDRESS = { points: 300, seconds: 60 } as const;

/** A whole office shows ended sessions in the morning, and its apps ended tokens all day, behind one address. */
const UNCOUNTED: ReadonlySet<string> = new Set<PresentedCredential["kind"]>([
  "none",
  "session",
  "access_token",
]);

/**
 * Counts a credential that was refused, over all replicas. Right ones are never held up by it, whoever shares their
 * address. Throws `rate_limited` instead of the 401 that would follow.
 */
export async function countWrongKey(
  deps: Dependencies,
  credential: PresentedCredential,
  address: string | undefined,
): Promise<void> {
  if (UNCOUNTED.has(credential.kind)) return;
  await tellIfElsewhere(deps, credential);
  const counted = limitedNetwork(address ?? "unknown");
  await limitAnywhere(deps, "address wrong keys", counted, WRONG_PER_ADDRESS);
}
