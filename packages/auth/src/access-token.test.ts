import {
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign as signBytes,
} from "node:crypto";
import { makeId } from "@aic-sos/contract/ids";
import { describe, expect, it } from "vitest";
import {
  ACCESS_TOKEN_SECONDS,
  type AccessClaims,
  readAccessToken,
  signAccessToken,
  verifyAccessToken,
} from "./access-token.ts";

const ISSUER = "https://control.example";
const NOW = Date.parse("2026-11-25T12:00:00Z");
const id = (cell: number, last: number) =>
  makeId(cell, NOW, Uint8Array.of(0, 0, 0, 0, 0, 0, 0, last));

const keys = generateKeyPairSync("ed25519");
const KEY_ID = id(1, 1);
const CLAIMS: AccessClaims = {
  tenantId: id(1, 2),
  subject: id(1, 3),
  familyId: id(1, 4),
  clientId: "aic-sos-cli",
  region: "us-east-1",
  workspaceId: null,
  confirmation: null,
};

const base64url = (value: unknown) =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

/** A token by hand, correctly signed, with these parts changed. */
function made(
  change: { header?: object; claims?: object; headerText?: string } = {},
  privateKey: KeyObject = keys.privateKey,
): string {
  const header = { alg: "EdDSA", typ: "at+jwt", kid: KEY_ID, ...change.header };
  const seconds = NOW / 1000;
  const claims = {
    iss: ISSUER,
    aud: "aic-sos",
    sub: CLAIMS.subject,
    tenant_id: CLAIMS.tenantId,
    region: CLAIMS.region,
    sid: CLAIMS.familyId,
    client_id: CLAIMS.clientId,
    jti: id(1, 9),
    iat: seconds,
    exp: seconds + ACCESS_TOKEN_SECONDS,
    ...change.claims,
  };
  const body = `${base64url(change.headerText ?? header)}.${base64url(claims)}`;
  return `${body}.${signBytes(null, Buffer.from(body), privateKey).toString("base64url")}`;
}

async function accepted(text: string, now = NOW): Promise<boolean> {
  const credential = readAccessToken(text);
  if (credential === undefined) return false;
  const expected = { issuer: ISSUER, now };
  return (await verifyAccessToken(credential, keys.publicKey, expected)) !== undefined;
}

const signed = (claims = CLAIMS) =>
  signAccessToken(claims, {
    keyId: KEY_ID,
    privateKey: keys.privateKey,
    issuer: ISSUER,
    tokenId: id(1, 9),
    now: NOW,
  });

describe("an access token", () => {
  it("says what it was signed for, and when it ends", async () => {
    const claims = { ...CLAIMS, workspaceId: id(1, 5), confirmation: "t".repeat(43) };
    const credential = readAccessToken(await signed(claims));
    expect(credential).toMatchObject({ tenantId: CLAIMS.tenantId, id: CLAIMS.familyId });
    if (!credential) return;
    const expected = { issuer: ISSUER, now: NOW };
    expect(await verifyAccessToken(credential, keys.publicKey, expected)).toEqual({
      ...claims,
      expiresAt: NOW + ACCESS_TOKEN_SECONDS * 1000,
    });
  });

  it("made by hand like ours is accepted, or the table below would prove nothing", async () => {
    expect(await accepted(made())).toBe(true);
  });

  it("is good for fifteen minutes by a clock that is a minute off, and not longer", async () => {
    const text = await signed();
    expect(await accepted(text, NOW - 60_000)).toBe(true);
    expect(await accepted(text, NOW - 61_000)).toBe(false);
    expect(await accepted(text, NOW + ACCESS_TOKEN_SECONDS * 1000 - 1)).toBe(true);
    expect(await accepted(text, NOW + ACCESS_TOKEN_SECONDS * 1000)).toBe(false);
  });
});

const [head = "", body = "", signature = ""] = made().split(".");
const publicPem = createPublicKey(keys.privateKey).export({ format: "pem", type: "spki" });
const publicRaw = Buffer.from(keys.publicKey.export({ format: "jwk" }).x ?? "", "base64url");
const other = generateKeyPairSync("ed25519");
const otherJwk = other.publicKey.export({ format: "jwk" });

function hmacToken(secret: string | Uint8Array, alg = "HS256"): string {
  const text = `${base64url({ alg, typ: "at+jwt", kid: KEY_ID })}.${body}`;
  return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
}

/** The last character of 64 bytes in base64url has four bits that mean nothing. */
function strayBits(text: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return text.slice(0, -1) + alphabet.charAt(alphabet.indexOf(text.slice(-1)) + 1);
}

const MALFORMED: Readonly<Record<string, string>> = {
  nothing: "",
  "one part": head,
  "two parts": `${head}.${body}`,
  "four parts": `${head}.${body}.${signature}.`,
  "five parts": `${head}.${body}.${signature}.${body}.${signature}`,
  "a dot before it": `.${head}.${body}.${signature}`,
  "two dots in a row": `${head}..${body}.${signature}`,
  "no signature": `${head}.${body}.`,
  "no payload (detached)": `${head}..${signature}`,
  "a blank before it": ` ${head}.${body}.${signature}`,
  "a blank after it": `${head}.${body}.${signature} `,
  "a blank within": `${head}. ${body}.${signature}`,
  "a line break after it": `${head}.${body}.${signature}\n`,
  "a line break within a part": `${head.slice(0, 8)}\n${head.slice(8)}.${body}.${signature}`,
  "a zero byte": `${head}.${body}.${signature}\0`,
  "padding of the signature": `${head}.${body}.${signature}==`,
  "padding of the header": `${head}=.${body}.${signature}`,
  "plain base64 instead of base64url": `${head}.${body}.${"+/".repeat(43)}`,
  "a character of no alphabet": `${head}.${body}.!${signature.slice(1)}`,
  "a letter that is not ASCII": `${head}.${body}.é${signature.slice(1)}`,
  "stray bits at its end": `${head}.${body}.${strayBits(signature)}`,
  "a signature that is too short": `${head}.${body}.${signature.slice(0, -4)}`,
  "a signature that is too long": `${head}.${body}.${signature}AAAA`,
  "another signature": `${head}.${body}.${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`,
  "another payload": `${head}.${base64url({ tenant_id: id(1, 7), sid: id(1, 4), sub: id(1, 3) })}.${signature}`,
  "a header that is no JSON": made({ headerText: "{" }),
  "a header that is a list": made({ headerText: '["EdDSA"]' }),
  "a header that is no UTF-8": `${Buffer.from([0xff, 0xfe]).toString("base64url")}.${body}.${signature}`,
  "a header behind a byte order mark": made({
    headerText: `\uFEFF${JSON.stringify({ alg: "EdDSA", typ: "at+jwt", kid: KEY_ID })}`,
  }),
  "the JSON form of a JWS": JSON.stringify({ protected: head, payload: body, signature }),
  "more than any token of ours has": `${head}.${"A".repeat(8000)}.${signature}`,
  crit: made({ header: { crit: ["exp"] } }),
  "crit of b64": made({ header: { crit: ["b64"], b64: false } }),
  "b64 false": made({ header: { b64: false } }),
  "b64 true": made({ header: { b64: true } }),
  "an embedded jwk": made({ header: { jwk: otherJwk } }, other.privateKey),
  "an embedded jwk of our own key": made({
    header: { jwk: keys.publicKey.export({ format: "jwk" }) },
  }),
  jku: made({ header: { jku: "https://evil.example/keys" } }, other.privateKey),
  x5u: made({ header: { x5u: "https://evil.example/certificate" } }, other.privateKey),
  x5c: made({ header: { x5c: ["MIIB"] } }, other.privateKey),
  zip: made({ header: { zip: "DEF" } }),
  "alg none with a signature": made({ header: { alg: "none" } }),
  "alg none without one": `${base64url({ alg: "none", typ: "at+jwt", kid: KEY_ID })}.${body}.`,
  "alg None": made({ header: { alg: "None" } }),
  "alg eddsa": made({ header: { alg: "eddsa" } }),
  "alg Ed25519": made({ header: { alg: "Ed25519" } }),
  "no alg": made({ header: { alg: undefined } }),
  "HS256 with the public key": hmacToken(publicPem),
  "HS256 with the raw public key": hmacToken(publicRaw),
  "HS256 that says EdDSA": hmacToken(publicRaw, "EdDSA"),
  ES256: made({ header: { alg: "ES256" } }),
  RS256: made({ header: { alg: "RS256" } }),
  "typ JWT": made({ header: { typ: "JWT" } }),
  "typ application/at+jwt": made({ header: { typ: "application/at+jwt" } }),
  "typ AT+JWT": made({ header: { typ: "AT+JWT" } }),
  "no typ": made({ header: { typ: undefined } }),
  "no kid": made({ header: { kid: undefined } }),
  "a kid that is a number": made({ header: { kid: 1 } }),
  "a kid that is a path": made({ header: { kid: "../../dev/null" } }),
  "a kid of another cell": made({ header: { kid: id(2, 1) } }),
  "a tenant of another cell": made({ claims: { tenant_id: id(2, 2) } }),
  "a user of another cell": made({ claims: { sub: id(2, 3) } }),
  "a family of another cell": made({ claims: { sid: id(2, 4) } }),
  "another key's signature": made({}, other.privateKey),
};

const WRONG_CLAIMS: Readonly<Record<string, object>> = {
  "another aud": { aud: "https://api.example" },
  "two aud": { aud: ["aic-sos", "https://api.example"] },
  "one aud in a list": { aud: ["aic-sos"] },
  "no aud": { aud: undefined },
  "another iss": { iss: "https://evil.example" },
  "an iss with a slash more": { iss: `${ISSUER}/` },
  "no iss": { iss: undefined },
  "no sub": { sub: undefined },
  "no tenant": { tenant_id: undefined },
  "a tenant that is none": { tenant_id: "platform" },
  "no sid": { sid: undefined },
  "no client": { client_id: undefined },
  "no jti": { jti: undefined },
  "no exp": { exp: undefined },
  "an exp that is a text": { exp: "4102444800" },
  "a longer life than we give": { exp: NOW / 1000 + 86_400 },
  "an end long ago": { iat: NOW / 1000 - 5_000, exp: NOW / 1000 - 5_000 + ACCESS_TOKEN_SECONDS },
  "a beginning in the future": {
    iat: NOW / 1000 + 120,
    exp: NOW / 1000 + 120 + ACCESS_TOKEN_SECONDS,
  },
  "nbf in the future": { nbf: NOW / 1000 + 120 },
  "no iat": { iat: undefined },
  "a workspace that is an object": { workspace_id: {} },
  "a binding that we do not know": { cnf: { jkt: "t".repeat(43) } },
  "a binding to two things": { cnf: { "x5t#S256": "t".repeat(43), jkt: "t".repeat(43) } },
  "a binding that is no thumbprint": { cnf: { "x5t#S256": "short" } },
  "a binding that is null": { cnf: null },
};

describe("nobody gets in by a token with", () => {
  it.each(Object.entries(MALFORMED))("%s", async (_, text) => {
    expect(await accepted(text)).toBe(false);
  });

  it.each(Object.entries(WRONG_CLAIMS))("%s", async (_, claims) => {
    expect(await accepted(made({ claims }))).toBe(false);
  });
});
