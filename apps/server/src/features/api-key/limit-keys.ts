import type { Grant } from "@aic-sos/policy/grant";
import { limitRate } from "../../limit-rate.ts";

/** Keys that one principal makes in one minute, over all replicas. */
const KEYS_PER_MINUTE = 60;

/** Throws `rate_limited`. */
export function limitKeys(grant: Grant): Promise<void> {
  const limit = { points: KEYS_PER_MINUTE, seconds: 60 };
  return limitRate(grant.cell, "api-keys", `${grant.tenantId}/${grant.principalId}`, limit);
}
