import { type Der, MalformedCertificate, onlyValue, readDer, TAG } from "./der.ts";

/** What a certificate says of its use (RFC 5280 §4.2), and what node:crypto does not tell. Object ids in hex of their DER. */
export interface CertificateFacts {
  readonly signatureAlgorithm: string;
  readonly isAuthority: boolean;
  /** How many authorities may stand below it; null: any number. */
  readonly pathLength: number | null;
  /** Null when the certificate says nothing of it. */
  readonly keyUsage: { readonly signs: boolean; readonly issues: boolean } | null;
  readonly extendedKeyUsage: readonly string[] | null;
  readonly uris: readonly string[];
  /** Critical ones that nobody here understands: such a certificate must be refused. */
  readonly unknownCritical: readonly string[];
  /** Limits the names that may be issued; nothing here follows them, so they are refused, too. */
  readonly hasNameConstraints: boolean;
}

const OID = {
  keyUsage: "551d0f",
  subjectAltName: "551d11",
  basicConstraints: "551d13",
  nameConstraints: "551d1e",
  extendedKeyUsage: "551d25",
} as const;

const UNDERSTOOD: ReadonlySet<string> = new Set(Object.values(OID));

interface Extension {
  readonly critical: boolean;
  readonly value: Buffer;
}

/** Reads a certificate in DER. @throws MalformedCertificate */
export function readCertificateFacts(der: Buffer): CertificateFacts {
  const [body, algorithm, , ...more] = readDer(onlyValue(der, TAG.sequence));
  if (body?.tag !== TAG.sequence || algorithm?.tag !== TAG.sequence || more.length > 0) {
    throw new MalformedCertificate("it is no certificate");
  }
  const fields = readDer(body.content);
  // RFC 5280 §4.1.1.2: the signed body names the same algorithm as the signature.
  const signed = fields[fields[0]?.tag === 0xa0 ? 2 : 1];
  if (signed === undefined || !signed.content.equals(algorithm.content)) {
    throw new MalformedCertificate("it names two signature algorithms");
  }
  const extensions = extensionsOf(fields.find(({ tag }) => tag === 0xa3));
  return {
    signatureAlgorithm: oidOf(readDer(algorithm.content)[0]),
    ...basicConstraintsOf(extensions.get(OID.basicConstraints)),
    keyUsage: keyUsageOf(extensions.get(OID.keyUsage)),
    extendedKeyUsage: purposesOf(extensions.get(OID.extendedKeyUsage)),
    uris: urisOf(extensions.get(OID.subjectAltName)),
    unknownCritical: [...extensions]
      .filter(([oid, { critical }]) => critical && !UNDERSTOOD.has(oid))
      .map(([oid]) => oid),
    hasNameConstraints: extensions.has(OID.nameConstraints),
  };
}

function extensionsOf(field: Der | undefined): ReadonlyMap<string, Extension> {
  const extensions = new Map<string, Extension>();
  if (field === undefined) return extensions;
  for (const { content } of readDer(onlyValue(field.content, TAG.sequence))) {
    const parts = readDer(content);
    const oid = oidOf(parts[0]);
    if (extensions.has(oid)) throw new MalformedCertificate("an extension is there twice");
    const [value, ...more] = parts.slice(parts[1]?.tag === TAG.boolean ? 2 : 1);
    if (value?.tag !== TAG.octetString || more.length > 0) {
      throw new MalformedCertificate("an extension has another form");
    }
    const critical = parts[1]?.tag === TAG.boolean && parts[1].content[0] !== 0;
    extensions.set(oid, { critical, value: value.content });
  }
  return extensions;
}

function oidOf(value: Der | undefined): string {
  if (value?.tag !== TAG.oid) throw new MalformedCertificate("an object id is missing");
  return value.content.toString("hex");
}

function basicConstraintsOf(extension: Extension | undefined) {
  if (!extension) return { isAuthority: false, pathLength: null };
  const parts = readDer(onlyValue(extension.value, TAG.sequence));
  const isAuthority = parts[0]?.tag === TAG.boolean && parts[0].content[0] !== 0;
  const length = parts.find(({ tag }) => tag === TAG.integer)?.content;
  if (length && (length.length !== 1 || (length[0] ?? 0) > 0x7f)) {
    throw new MalformedCertificate("its path length is out of bounds");
  }
  return { isAuthority, pathLength: length?.[0] ?? null };
}

/** RFC 5280 §4.2.1.3: bit 0 is digitalSignature, bit 5 keyCertSign. */
function keyUsageOf(extension: Extension | undefined): CertificateFacts["keyUsage"] {
  if (!extension) return null;
  const bits = onlyValue(extension.value, TAG.bitString)[1] ?? 0;
  return { signs: (bits & 0x80) !== 0, issues: (bits & 0x04) !== 0 };
}

function purposesOf(extension: Extension | undefined): readonly string[] | null {
  return extension ? readDer(onlyValue(extension.value, TAG.sequence)).map(oidOf) : null;
}

/** RFC 5280 §4.2.1.6: GeneralName [6] is an IA5String. */
function urisOf(extension: Extension | undefined): readonly string[] {
  if (!extension) return [];
  return readDer(onlyValue(extension.value, TAG.sequence))
    .filter(({ tag }) => tag === 0x86)
    .map(({ content }) => content.toString("latin1"));
}
