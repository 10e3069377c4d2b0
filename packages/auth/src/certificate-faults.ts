import type { X509Certificate } from "node:crypto";
import type { CertificateFacts } from "./certificate-facts.ts";

/** Why a certificate is refused. For the log, and for whoever registers one; a caller only learns that it was. */
export const CERTIFICATE_FAULTS = {
  malformed: "is no well-formed certificate",
  not_yet_valid: "is not valid yet",
  expired: "has expired",
  weak_key: "has a weak key: RSA takes 2048 bits, else P-256, P-384, P-521, Ed25519 or Ed448",
  weak_signature: "is signed with something else than SHA-2 with RSA or ECDSA, or Ed25519 or Ed448",
  unknown_extension: "has a critical extension or name constraints, which nobody here follows",
  not_an_authority: "is not one of a CA: basicConstraints must say so, and keyUsage let it sign",
  not_for_clients: "is of a CA for something else: its extendedKeyUsage has to include clientAuth",
  not_a_client: "is not a client's: no CA's, with clientAuth and digitalSignature",
  not_one_name: "does not have exactly one URI, of the form spiffe://domain/region/tenant/service",
  other_domain: "is of another trust domain",
  too_deep: "has more authorities above it than one of them allows",
  no_service: "names a service that is not there",
  untrusted: "was not issued under a CA of its tenant",
} as const;

export type CertificateFault = keyof typeof CERTIFICATE_FAULTS;

/** How far ahead of ours the clock of a CA may go, in milliseconds. */
const SKEW_MS = 60_000;

/** RFC 5280 and RFC 8410: sha256, sha384, sha512 with RSA and with ECDSA; Ed25519, Ed448. */
const SIGNATURES: ReadonlySet<string> = new Set([
  "2a864886f70d01010b",
  "2a864886f70d01010c",
  "2a864886f70d01010d",
  "2a8648ce3d040302",
  "2a8648ce3d040303",
  "2a8648ce3d040304",
  "2b6570",
  "2b6571",
]);

const CURVES: ReadonlySet<string> = new Set(["prime256v1", "secp384r1", "secp521r1"]);

/** What is wrong with any certificate at `now` (Unix milliseconds), whatever it is for; undefined: nothing. */
export function generalFault(
  certificate: X509Certificate,
  facts: CertificateFacts,
  now: number,
): CertificateFault | undefined {
  if (!(certificate.validFromDate.getTime() <= now + SKEW_MS)) return "not_yet_valid";
  if (!(certificate.validToDate.getTime() > now)) return "expired";
  if (facts.unknownCritical.length > 0 || facts.hasNameConstraints) return "unknown_extension";
  if (!SIGNATURES.has(facts.signatureAlgorithm)) return "weak_signature";
  return isStrong(certificate) ? undefined : "weak_key";
}

function isStrong({ publicKey }: X509Certificate): boolean {
  const { asymmetricKeyType, asymmetricKeyDetails } = publicKey;
  switch (asymmetricKeyType) {
    case "rsa":
      return (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048;
    case "ec":
      return CURVES.has(asymmetricKeyDetails?.namedCurve ?? "");
    case "ed25519":
    case "ed448":
      return true;
    default:
      return false;
  }
}

const CLIENT_AUTHENTICATION = "2b06010505070302";
const ANY_PURPOSE = "551d2500";

/** What keeps a certificate from being one of a CA. `below`: how many authorities stand between it and the client. */
export function authorityFault(
  facts: CertificateFacts,
  below: number,
): CertificateFault | undefined {
  if (!facts.isAuthority || facts.keyUsage?.issues === false) return "not_an_authority";
  // RFC 5280 §4.2.1.12 as everybody follows it: what a CA is limited to, all below it are.
  const purposes = facts.extendedKeyUsage;
  if (purposes && !purposes.includes(CLIENT_AUTHENTICATION) && !purposes.includes(ANY_PURPOSE))
    return "not_for_clients";
  return facts.pathLength !== null && facts.pathLength < below ? "too_deep" : undefined;
}

/** SPIFFE X.509-SVID §4: a leaf is no CA, signs, and may be shown by a client. */
export function clientFault(facts: CertificateFacts): CertificateFault | undefined {
  const issues = facts.isAuthority || facts.keyUsage?.issues === true;
  const signs = facts.keyUsage === null || facts.keyUsage.signs;
  const isClient = facts.extendedKeyUsage?.includes(CLIENT_AUTHENTICATION) === true;
  return issues || !signs || !isClient ? "not_a_client" : undefined;
}
