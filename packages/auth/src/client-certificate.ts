/**
 * Certificates that callers show. What is read here is a *claim*: nothing in it may be trusted before the chain was
 * verified against the CAs of the tenant that it names.
 */
import { hash, X509Certificate } from "node:crypto";
import { isId } from "@aic-sos/contract/ids";
import { type CertificateFacts, readCertificateFacts } from "./certificate-facts.ts";
import type { CertificateFault } from "./certificate-faults.ts";

/** A certificate with what it says, read once. */
export interface ShownCertificate {
  readonly certificate: X509Certificate;
  readonly facts: CertificateFacts;
}

export interface ClientCertificateCredential {
  readonly kind: "client_certificate";
  readonly tenantId: string;
  readonly serviceName: string;
  /** Where the certificate says that the tenant lives. */
  readonly region: string;
  /** SHA-256 of the certificate in base64url: `x5t#S256` of RFC 8705. */
  readonly thumbprint: string;
  readonly leaf: ShownCertificate;
  /** What came along with it, in no order that could be trusted. */
  readonly others: readonly ShownCertificate[];
}

export type ReadClientCertificate =
  | { readonly ok: true; readonly credential: ClientCertificateCredential }
  | { readonly ok: false; readonly fault: CertificateFault };

/** More intermediates than anybody needs: each costs a signature check. */
const MOST_OTHERS = 4;
const LONGEST_CERTIFICATE = 16_384;

/** `spiffe://<domain>/<region>/<tenant>/<service>` */
const NAME =
  /^spiffe:\/\/([a-z0-9._-]{1,255})\/([a-z][a-z0-9-]{1,31})\/([0-9a-f-]{36})\/([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)$/;

/**
 * Reads the certificates that a caller showed, its own first, in DER. Never throws.
 * @param trustDomain the deployment's: another one's names mean nothing here
 */
export function readClientCertificate(
  chain: readonly Buffer[],
  trustDomain: string,
): ReadClientCertificate {
  const [own, ...rest] = chain;
  if (!own || rest.length > MOST_OTHERS) return { ok: false, fault: "malformed" };
  try {
    const leaf = shown(own);
    const [uri = "", ...more] = leaf.facts.uris;
    const [, domain, region, tenantId, serviceName] = NAME.exec(uri) ?? [];
    if (more.length > 0 || !region || !tenantId || !serviceName || !isId(tenantId)) {
      return { ok: false, fault: "not_one_name" };
    }
    if (domain !== trustDomain) return { ok: false, fault: "other_domain" };
    const thumbprint = hash("sha256", own, "base64url");
    const others = rest.map(shown);
    const kind = "client_certificate";
    return {
      ok: true,
      credential: { kind, tenantId, serviceName, region, thumbprint, leaf, others },
    };
  } catch {
    return { ok: false, fault: "malformed" };
  }
}

function shown(der: Buffer): ShownCertificate {
  if (der.length > LONGEST_CERTIFICATE) throw new RangeError("a certificate is too long");
  const certificate = new X509Certificate(der);
  // Throws for a key that nobody here can use: now, not in the midst of a chain.
  void certificate.publicKey;
  return { certificate, facts: readCertificateFacts(der) };
}
