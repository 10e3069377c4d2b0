import type { Grant } from "@aic-sos/policy/grant";
import { limitRate } from "../../limit-rate.ts";

/** CAs that one principal registers in one minute, over all replicas: each is parsed before anything else. */
const AUTHORITIES_PER_MINUTE = 30;

/** Throws `rate_limited`. */
export function limitAuthorities(grant: Grant): Promise<void> {
  const limit = { points: AUTHORITIES_PER_MINUTE, seconds: 60 };
  const subject = `${grant.tenantId}/${grant.principalId}`;
  return limitRate(grant.cell, "client-authorities", subject, limit);
}
