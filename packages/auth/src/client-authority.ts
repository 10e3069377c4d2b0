import { X509Certificate } from "node:crypto";
import { readCertificateFacts } from "./certificate-facts.ts";
import { authorityFault, type CertificateFault, generalFault } from "./certificate-faults.ts";

/** A CA's certificate that a tenant may register. */
export interface ClientAuthorityFacts {
  /** As it is kept: one block, no text around it. */
  readonly pem: string;
  /** SHA-256 of the certificate, in hex. */
  readonly fingerprint: string;
  readonly subject: string;
  /** Unix milliseconds. */
  readonly notAfter: number;
}

/** Longer than any CA's certificate needs to be, in characters. */
export const MAX_AUTHORITY_PEM = 16_384;

const LONGEST_SUBJECT = 500;
const ONE_BLOCK =
  /^\s*-----BEGIN CERTIFICATE-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END CERTIFICATE-----\s*$/;

export type ReadAuthority =
  | { readonly ok: true; readonly authority: ClientAuthorityFacts }
  | { readonly ok: false; readonly fault: CertificateFault | "not_one_certificate" };

/**
 * Reads what an administrator pastes: one certificate of a CA, in force at `now` (Unix milliseconds), with a strong key.
 * Never throws.
 */
export function readClientAuthority(text: string, now: number): ReadAuthority {
  if (text.length > MAX_AUTHORITY_PEM) return { ok: false, fault: "not_one_certificate" };
  const base64 = ONE_BLOCK.exec(text)?.[1];
  if (base64 === undefined) return { ok: false, fault: "not_one_certificate" };
  try {
    const certificate = new X509Certificate(Buffer.from(base64, "base64"));
    const facts = readCertificateFacts(certificate.raw);
    const fault = generalFault(certificate, facts, now) ?? authorityFault(facts, 0);
    if (fault) return { ok: false, fault };
    // One that is its own issuer has to have signed itself; what another CA issued is trusted because it is registered.
    if (certificate.checkIssued(certificate) && !certificate.verify(certificate.publicKey)) {
      return { ok: false, fault: "malformed" };
    }
    return { ok: true, authority: described(certificate) };
  } catch {
    return { ok: false, fault: "malformed" };
  }
}

function described(certificate: X509Certificate): ClientAuthorityFacts {
  const subject = certificate.subject.replaceAll(/\p{Cc}+/gu, ", ").slice(0, LONGEST_SUBJECT);
  return {
    pem: certificate.toString(),
    fingerprint: certificate.fingerprint256.replaceAll(":", "").toLowerCase(),
    subject: subject === "" ? "(no subject)" : subject,
    notAfter: certificate.validToDate.getTime(),
  };
}
