import type { Grant } from "@aic-sos/policy/grant";
import { limitRate } from "../../limit-rate.ts";

/** Tests and repeats of a tenant in one minute: each is a request to somebody else's server. */
const PER_MINUTE = { points: 30, seconds: 60 };

/** Throws `rate_limited`. */
export function limitSending({ cell, tenantId }: Grant): Promise<void> {
  return limitRate(cell, "webhook-tests", tenantId, PER_MINUTE);
}
