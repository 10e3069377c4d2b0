/**
 * Certificates that a proxy took in our stead and hands on in a header. To be read only of a proxy that is listed for it:
 * anybody else can write the same. Strict: what is not exactly of the form is `malformed`, never half of it.
 */
import { hash } from "node:crypto";

/** Which header a proxy uses: RFC 9440 `Client-Cert` with `Client-Cert-Chain`, or Envoy's. */
export const CERTIFICATE_HEADERS = ["client-cert", "x-forwarded-client-cert"] as const;
export type CertificateHeader = (typeof CERTIFICATE_HEADERS)[number];

/** Every header in which a certificate may come. */
export const ALL_CERTIFICATE_HEADERS = [...CERTIFICATE_HEADERS, "client-cert-chain"] as const;

/** All values of each header that was sent: Node's `req.headersDistinct`. */
type Headers = Readonly<Record<string, readonly string[] | undefined>>;

export type ForwardedChain =
  | { readonly kind: "none" }
  | { readonly kind: "malformed" }
  /** In DER, the caller's own first. */
  | { readonly kind: "chain"; readonly chain: readonly Buffer[] };

const MALFORMED: ForwardedChain = { kind: "malformed" };
const LONGEST = 65_536;

/** The certificates in `header`. Never throws. */
export function readForwardedChain(headers: Headers, header: CertificateHeader): ForwardedChain {
  const [value, ...more] = headers[header] ?? [];
  const chain = headers["client-cert-chain"];
  if (value === undefined) return chain === undefined ? { kind: "none" } : MALFORMED;
  if (more.length > 0 || value.length > LONGEST) return MALFORMED;
  const read = header === "client-cert" ? ofRfc9440(value, chain ?? []) : ofEnvoy(value);
  return read === undefined ? MALFORMED : { kind: "chain", chain: read };
}

/** RFC 9440 §2.2 and §2.3: a Byte Sequence, and a List of them (RFC 8941). */
function ofRfc9440(own: string, chain: readonly string[]): Buffer[] | undefined {
  const others = chain.join(",");
  if (others.length > LONGEST) return undefined;
  const texts = [own, ...(chain.length === 0 ? [] : others.split(","))];
  return allOf(texts.map((text) => bytesOf(/^[ \t]*:([A-Za-z0-9+/=]+):[ \t]*$/.exec(text)?.[1])));
}

function bytesOf(base64: string | undefined): Buffer | undefined {
  if (base64 === undefined) return undefined;
  const bytes = Buffer.from(base64, "base64");
  return bytes.length > 0 && bytes.toString("base64") === base64 ? bytes : undefined;
}

function allOf(values: readonly (Buffer | undefined)[]): Buffer[] | undefined {
  const found = values.filter((value) => value !== undefined);
  return found.length === values.length && found.length > 0 ? found : undefined;
}

const PAIR = /([A-Za-z]+)=(?:"((?:[^"\\]|\\.)*)"|([^",;\s]*))(;|$)/y;

/**
 * Envoy's `x-forwarded-client-cert`: one element, since the listed proxy has to set the header and not append to it;
 * `Cert` or `Chain` in it as URL-encoded PEM, and its `Hash`, where it is there, has to fit.
 */
function ofEnvoy(value: string): Buffer[] | undefined {
  const pairs = pairsOf(value);
  if (!pairs) return undefined;
  const one = (key: string): string | undefined => pairs.get(key)?.[0];
  if (["cert", "chain", "hash"].some((key) => (pairs.get(key)?.length ?? 0) > 1)) return undefined;
  const own = certificatesOf(one("cert"));
  const chain = certificatesOf(one("chain"));
  if (!own || !chain || own.length > 1) return undefined;
  const [leaf] = own.length > 0 ? own : chain;
  if (!leaf) return undefined;
  const digest = one("hash");
  if (digest !== undefined && hash("sha256", leaf, "hex") !== digest) return undefined;
  return [leaf, ...chain.filter((der) => !der.equals(leaf))];
}

function pairsOf(value: string): ReadonlyMap<string, string[]> | undefined {
  const pairs = new Map<string, string[]>();
  PAIR.lastIndex = 0;
  let ended = false;
  for (let match = PAIR.exec(value); match && !ended; match = ended ? null : PAIR.exec(value)) {
    const [whole, key = "", quoted, plain = "", end] = match;
    const text = quoted === undefined ? plain : quoted.replaceAll(/\\(.)/g, "$1");
    const name = key.toLowerCase();
    pairs.set(name, [...(pairs.get(name) ?? []), text]);
    ended = end === "" && match.index + whole.length === value.length;
  }
  return ended ? pairs : undefined;
}

/** The certificates in URL-encoded PEM; none for none, undefined for anything else. */
function certificatesOf(encoded: string | undefined): Buffer[] | undefined {
  if (encoded === undefined) return [];
  const pem = decoded(encoded);
  const blocks = pem?.match(
    /-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----\n?/g,
  );
  if (!blocks || blocks.join("") !== pem) return undefined;
  return allOf(blocks.map((block) => bytesOf(block.replaceAll(/-----[A-Z ]+-----|\n/g, ""))));
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
