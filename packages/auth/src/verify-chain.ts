import { X509Certificate } from "node:crypto";
import { readCertificateFacts } from "./certificate-facts.ts";
import {
  authorityFault,
  type CertificateFault,
  clientFault,
  generalFault,
} from "./certificate-faults.ts";
import type { ClientCertificateCredential, ShownCertificate } from "./client-certificate.ts";

/** A CA that a tenant registered. */
export interface TrustAnchor {
  readonly id: string;
  readonly pem: string;
}

export type VerifiedChain =
  | {
      readonly ok: true;
      /** The CA under which it was issued. */
      readonly anchorId: string;
      /** When the first certificate of the chain ends, in Unix milliseconds. */
      readonly expiresAt: number;
    }
  | { readonly ok: false; readonly fault: CertificateFault };

interface Anchor extends ShownCertificate {
  readonly id: string;
}

interface Search {
  readonly anchors: readonly Anchor[];
  readonly now: number;
  /** The fault of the path that came furthest: `untrusted` says little where a CA has just expired. */
  fault: CertificateFault;
}

/**
 * Verifies that the caller's certificate was issued under one of `anchors`, which have to be the CAs of the tenant that
 * it names and of nobody else (RFC 5280 §6, of which revocation lists, policies and name constraints are left out: a
 * certificate that asks for them is refused). Each link: the issuer's name, its key's signature, its right to issue, its
 * time, its path length.
 * @param now Unix milliseconds
 */
export function verifyChain(
  credential: ClientCertificateCredential,
  anchors: readonly TrustAnchor[],
  now: number,
): VerifiedChain {
  const { leaf, others } = credential;
  const fault = generalFault(leaf.certificate, leaf.facts, now) ?? clientFault(leaf.facts);
  if (fault) return { ok: false, fault };
  const search: Search = { anchors: anchors.map(anchorOf), now, fault: "untrusted" };
  const path = pathFrom(leaf, others, 0, search);
  if (!path) return { ok: false, fault: search.fault };
  const ends = [leaf, ...path.above].map(({ certificate }) => certificate.validToDate.getTime());
  return { ok: true, anchorId: path.anchorId, expiresAt: Math.min(...ends) };
}

function anchorOf({ id, pem }: TrustAnchor): Anchor {
  const certificate = new X509Certificate(pem);
  return { id, certificate, facts: readCertificateFacts(certificate.raw) };
}

interface Path {
  readonly anchorId: string;
  readonly above: readonly ShownCertificate[];
}

/** @param below how many authorities stand between the client and the issuer that is looked for */
function pathFrom(
  subject: ShownCertificate,
  others: readonly ShownCertificate[],
  below: number,
  search: Search,
): Path | undefined {
  for (const anchor of search.anchors) {
    if (issued(anchor, subject, below, search)) return { anchorId: anchor.id, above: [anchor] };
  }
  for (const other of others) {
    if (!issued(other, subject, below, search)) continue;
    const rest = others.filter((one) => one !== other);
    const path = pathFrom(other, rest, below + 1, search);
    if (path) return { ...path, above: [other, ...path.above] };
  }
  return undefined;
}

function issued(
  issuer: ShownCertificate,
  subject: ShownCertificate,
  below: number,
  search: Search,
): boolean {
  if (!subject.certificate.checkIssued(issuer.certificate)) return false;
  if (!subject.certificate.verify(issuer.certificate.publicKey)) return false;
  const fault =
    generalFault(issuer.certificate, issuer.facts, search.now) ??
    authorityFault(issuer.facts, below);
  if (fault) search.fault = fault;
  return fault === undefined;
}
