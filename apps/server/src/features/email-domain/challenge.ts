import type { EmailDomain } from "@aic-sos/contract/email-domains";

/** Where the proof is looked for, below the domain itself, so that no record of its own is in the way. */
const LABEL = "_aic-sos-challenge";
const PREFIX = "aic-sos-domain-verification=";

/** The TXT record that proves a domain. The challenge is the tenant's own, so that no other tenant's record will do. */
export function recordOf(domain: string, challenge: string): EmailDomain["record"] {
  return { name: `${LABEL}.${domain}`, value: `${PREFIX}${challenge}` };
}
