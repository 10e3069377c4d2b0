/**
 * Access tokens: EdDSA JWTs of type `at+jwt` (RFC 9068), good for fifteen minutes. No right is in them: they say who and
 * which sign-in, and what that may is looked up. One token has one text: its form is checked strictly before any
 * library, which would decode sloppily, sees it.
 */
import type { KeyObject } from "node:crypto";
import { cellOf, isId } from "@aic-sos/contract/ids";
import { jwtVerify, SignJWT } from "jose";
import type { ClientCertificateCredential } from "./client-certificate.ts";
import { isCompact } from "./compact-form.ts";

export const ACCESS_TOKEN_SECONDS = 15 * 60;
/** Who access tokens are for: this service. */
export const ACCESS_TOKEN_AUDIENCE = "aic-sos";

const TYPE = "at+jwt";
const ALGORITHM = "EdDSA";
/** Between the clocks of two replicas. */
const TOLERANCE_SECONDS = 60;
const LONGEST = 4096;
/** RFC 8705 §3.1: SHA-256 of a certificate, in base64url. */
const THUMBPRINT = /^[0-9A-Za-z_-]{43}$/;

/** What an access token says, beside when and by whom. */
export interface AccessClaims {
  readonly tenantId: string;
  /** Of the user. */
  readonly subject: string;
  /** Of the family of refresh tokens that it belongs to: revoked with it. */
  readonly familyId: string;
  readonly clientId: string;
  readonly region: string;
  /** The one workspace that it is good for, when it is. */
  readonly workspaceId: string | null;
  /** Thumbprint of the client certificate that it is bound to (RFC 8705 §3.1, `x5t#S256`), when it is. */
  readonly confirmation: string | null;
}

/** An access token as it was presented: a claim until `verifyAccessToken`. */
export interface AccessTokenCredential {
  readonly kind: "access_token";
  readonly tenantId: string;
  /** Of the family. */
  readonly id: string;
  readonly keyId: string;
  readonly text: string;
  /** What its bearer showed besides: a bound token is of no use without. */
  readonly certificate?: ClientCertificateCredential;
}

/** A verified one. `expiresAt` in Unix milliseconds. */
export interface VerifiedAccessToken extends AccessClaims {
  readonly expiresAt: number;
}

export interface SignedBy {
  readonly keyId: string;
  readonly privateKey: KeyObject;
  /** Our own public address. */
  readonly issuer: string;
  readonly tokenId: string;
  /** Unix milliseconds. */
  readonly now: number;
}

/** Signs an access token. */
export function signAccessToken(claims: AccessClaims, by: SignedBy): Promise<string> {
  const issuedAt = Math.floor(by.now / 1000);
  return new SignJWT({
    tenant_id: claims.tenantId,
    region: claims.region,
    sid: claims.familyId,
    client_id: claims.clientId,
    ...(claims.workspaceId === null ? {} : { workspace_id: claims.workspaceId }),
    ...(claims.confirmation === null ? {} : { cnf: { "x5t#S256": claims.confirmation } }),
  })
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: by.keyId })
    .setIssuer(by.issuer)
    .setAudience(ACCESS_TOKEN_AUDIENCE)
    .setSubject(claims.subject)
    .setJti(by.tokenId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ACCESS_TOKEN_SECONDS)
    .sign(by.privateKey);
}

/**
 * Reads an access token's form and nothing else: three canonical base64url parts, a header of exactly `alg`, `typ` and
 * `kid` (so no `crit`, `b64`, `jwk`, `jku`, `x5u`), ids of one cell. Undefined for everything else.
 */
export function readAccessToken(text: string): AccessTokenCredential | undefined {
  if (text.length > LONGEST || !isCompact(text, 3)) return undefined;
  const [header = "", payload = "", signature = ""] = text.split(".");
  // An Ed25519 signature has 64 bytes.
  if (signature.length !== 86) return undefined;
  const { alg, typ, kid, ...others } = objectIn(header);
  if (alg !== ALGORITHM || typ !== TYPE || Object.keys(others).length > 0) return undefined;
  const { tenant_id, sid, sub } = objectIn(payload);
  const ids = [kid, tenant_id, sid, sub].map((value) => (isText(value) ? value : ""));
  if (!ids.every(isId) || new Set(ids.map(cellOf)).size > 1) return undefined;
  const [keyId = "", tenantId = "", id = ""] = ids;
  return { kind: "access_token", tenantId, id, keyId, text };
}

/**
 * Verifies signature, issuer, audience, times and claims.
 * @param key the public key that the token names, one of ours
 * @param expected `issuer`: our public address; `now`: Unix milliseconds
 * @returns undefined whatever is wrong
 */
export async function verifyAccessToken(
  credential: AccessTokenCredential,
  key: KeyObject,
  expected: { readonly issuer: string; readonly now: number },
): Promise<VerifiedAccessToken | undefined> {
  try {
    const { payload } = await jwtVerify(credential.text, key, {
      algorithms: [ALGORITHM],
      typ: TYPE,
      issuer: expected.issuer,
      currentDate: new Date(expected.now),
      clockTolerance: TOLERANCE_SECONDS,
      requiredClaims: ["iat", "exp", "jti"],
    });
    const { iat = Number.POSITIVE_INFINITY, exp = 0 } = payload;
    if (payload.aud !== ACCESS_TOKEN_AUDIENCE || exp - iat !== ACCESS_TOKEN_SECONDS)
      return undefined;
    if (iat * 1000 > expected.now + TOLERANCE_SECONDS * 1000 || exp * 1000 <= expected.now)
      return undefined;
    const claims = claimsIn(payload);
    return claims && { ...claims, expiresAt: exp * 1000 };
  } catch {
    // Every failure means the same: not signed by us, for us, for now.
    return undefined;
  }
}

function claimsIn(payload: Readonly<Record<string, unknown>>): AccessClaims | undefined {
  const { tenant_id: tenantId, sub, sid, client_id: clientId, region } = payload;
  const workspaceId = payload["workspace_id"] ?? null;
  const confirmation = confirmationIn(payload["cnf"]);
  if (!isText(tenantId) || !isText(sub) || !isText(sid)) return undefined;
  if (!isText(clientId) || !isText(region) || confirmation === undefined) return undefined;
  if (workspaceId !== null && !isText(workspaceId)) return undefined;
  return { tenantId, subject: sub, familyId: sid, clientId, region, workspaceId, confirmation };
}

/** Null when the token is bound to nothing; undefined when it is bound to something that we do not know. */
function confirmationIn(cnf: unknown): string | null | undefined {
  if (cnf === undefined) return null;
  if (typeof cnf !== "object" || cnf === null) return undefined;
  const { "x5t#S256": thumbprint, ...others } = cnf as Record<string, unknown>;
  if (!isText(thumbprint) || Object.keys(others).length > 0) return undefined;
  return THUMBPRINT.test(thumbprint) ? thumbprint : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** The JSON object in a segment; an empty one where there is none. */
function objectIn(segment: string): Readonly<Record<string, unknown>> {
  try {
    const bytes = Buffer.from(segment, "base64url");
    const value: unknown = JSON.parse(
      new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes),
    );
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
