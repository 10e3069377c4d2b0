import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** A certificate with its key, as PEM; what a CA needs to issue others is there, too. */
export interface MadeCertificate {
  readonly pem: string;
  readonly keyPem: string;
  readonly der: Buffer;
  readonly privateKey: KeyObject;
  readonly name: Buffer;
}

export interface CertificateFields {
  readonly commonName?: string;
  /** Signs itself without one. */
  readonly issuer?: MadeCertificate;
  readonly isAuthority?: boolean;
  readonly pathLength?: number;
  /** Bits of RFC 5280 §4.2.1.3; null leaves the extension out. */
  readonly keyUsage?: number | null;
  readonly purposes?: readonly (keyof typeof PURPOSES)[];
  readonly uris?: readonly string[];
  readonly hosts?: readonly string[];
  /** Milliseconds from now. */
  readonly notBefore?: number;
  readonly notAfter?: number;
  readonly key?: keyof typeof KEYS;
  readonly sha1?: boolean;
  /** An extension that nobody knows. */
  readonly unknown?: "critical" | "plain";
  readonly nameConstraints?: boolean;
}

export const KEY_USAGE = { signs: 0x80, issues: 0x04 } as const;

const PURPOSES = {
  client: "2b06010505070302",
  server: "2b06010505070301",
  any: "551d2500",
} as const;

const KEYS = {
  ec: () => generateKeyPairSync("ec", { namedCurve: "prime256v1" }),
  ed25519: () => generateKeyPairSync("ed25519"),
  rsa: () => generateKeyPairSync("rsa", { modulusLength: 2048 }),
  rsa1024: () => generateKeyPairSync("rsa", { modulusLength: 1024 }),
} as const;

const DAY_MS = 86_400_000;

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
const oid = (hex: string) => der(0x06, Buffer.from(hex, "hex"));
const YES = der(0x01, Buffer.from([0xff]));

const extension = (id: string, critical: boolean, value: Uint8Array) =>
  sequence(oid(id), ...(critical ? [YES] : []), der(0x04, value));

function timeOf(instant: number): Buffer {
  const digits = new Date(instant).toISOString().replaceAll(/\D/g, "").slice(0, 14);
  return der(0x18, Buffer.from(`${digits}Z`));
}

/** Makes an X.509 certificate (RFC 5280), right or wrong in any way that a test asks for. */
export function makeCertificate(fields: CertificateFields = {}): MadeCertificate {
  const { commonName = "Test", key = "ec" } = fields;
  const { privateKey, publicKey } = KEYS[key]();
  const name = sequence(der(0x31, sequence(oid("550403"), der(0x0c, Buffer.from(commonName)))));
  const issuer = fields.issuer ?? { privateKey, name };
  const algorithm = algorithmOf(issuer.privateKey, fields.sha1 === true);
  const now = Date.now();
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    algorithm.id,
    issuer.name,
    sequence(
      timeOf(now + (fields.notBefore ?? -DAY_MS)),
      timeOf(now + (fields.notAfter ?? DAY_MS)),
    ),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(...extensionsOf(fields))),
  );
  const signature = sign(algorithm.digest, body, issuer.privateKey);
  const whole = sequence(body, algorithm.id, der(0x03, Buffer.from([0]), signature));
  const lines = whole.toString("base64").replaceAll(/.{64}(?=.)/g, "$&\n");
  return {
    pem: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    keyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    der: whole,
    privateKey,
    name,
  };
}

function algorithmOf({ asymmetricKeyType }: KeyObject, sha1: boolean) {
  if (asymmetricKeyType === "ed25519") return { id: sequence(oid("2b6570")), digest: null };
  const digest = sha1 ? "sha1" : "sha256";
  if (asymmetricKeyType === "ec") {
    return { id: sequence(oid(sha1 ? "2a8648ce3d0401" : "2a8648ce3d040302")), digest };
  }
  const rsa = oid(sha1 ? "2a864886f70d010105" : "2a864886f70d01010b");
  return { id: sequence(rsa, der(0x05)), digest };
}

function extensionsOf(fields: CertificateFields): Buffer[] {
  const { isAuthority = false, uris = [], hosts = [], purposes = [], pathLength } = fields;
  const names = [
    ...uris.map((uri) => der(0x86, Buffer.from(uri, "latin1"))),
    ...hosts.map((host) => der(0x82, Buffer.from(host))),
  ];
  const length = pathLength === undefined ? [] : [der(0x02, Buffer.from([pathLength]))];
  const usage =
    fields.keyUsage === undefined
      ? isAuthority
        ? KEY_USAGE.issues
        : KEY_USAGE.signs
      : fields.keyUsage;
  return [
    extension("551d13", true, sequence(...(isAuthority ? [YES, ...length] : []))),
    ...(usage === null ? [] : [extension("551d0f", true, der(0x03, Buffer.from([0, usage])))]),
    ...(names.length > 0 ? [extension("551d11", false, sequence(...names))] : []),
    ...(purposes.length > 0
      ? [extension("551d25", false, sequence(...purposes.map((one) => oid(PURPOSES[one]))))]
      : []),
    ...(fields.unknown ? [extension("2a0304", fields.unknown === "critical", der(0x05))] : []),
    ...(fields.nameConstraints
      ? [extension("551d1e", true, sequence(der(0xa0, sequence(der(0x82, Buffer.from("x"))))))]
      : []),
  ];
}

/** A CA's own certificate. */
export function makeAuthority(fields: CertificateFields = {}): MadeCertificate {
  return makeCertificate({ commonName: "Test CA", isAuthority: true, ...fields });
}

/** A service's certificate under a CA, with `uri` as its one name. */
export function makeClientCertificate(
  issuer: MadeCertificate,
  uri: string,
  fields: CertificateFields = {},
): MadeCertificate {
  return makeCertificate({
    commonName: "service",
    issuer,
    purposes: ["client"],
    uris: [uri],
    ...fields,
  });
}
