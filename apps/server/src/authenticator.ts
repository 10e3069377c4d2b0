import type { AccessTokenCredential } from "@aic-sos/auth/access-token";
import type { Credential } from "@aic-sos/auth/credential";
import type { CredentialCache } from "@aic-sos/auth/credential-cache";
import { cellOf, platformTenantId } from "@aic-sos/contract/ids";
import { type CredentialKind, credentialLookup, type FoundCredential } from "@aic-sos/db/doors";
import { matchesKeyedHash } from "@aic-sos/keyring/keyed-hash";
import type { Keyring } from "@aic-sos/keyring/keyring";
import type { Principal } from "@aic-sos/policy/principal";
import { platformKeyId } from "./platform-administrator.ts";
import type { AccessTokens } from "./access-tokens.ts";
import type { PresentedCredential } from "./presented-credential.ts";

/** A principal whose credential was verified. */
export interface Authenticated {
  readonly principal: Principal;
  /** What names the session or key itself, so that it can end itself. */
  readonly credentialId: string;
  /** True when it came from the cache: its rights are those of its epoch, not necessarily today's. */
  readonly cached: boolean;
}

export interface Authenticator {
  /**
   * Verifies a credential. Undefined for every wrong one, whatever was wrong with it.
   * @param options `cell`: where a platform key is to act; `fresh`: read rights again, past the cache
   */
  authenticate(
    credential: PresentedCredential,
    options?: { cell?: number; fresh?: boolean },
  ): Promise<Authenticated | undefined>;
}

/** A verified principal with the end of its being remembered, in Unix milliseconds. */
export interface CachedPrincipal extends Authenticated {
  readonly expiresAt: number;
}

/** How old the last use on record gets before it is noted again, in milliseconds: it is a write. */
const TOUCH_MS = 60_000;

interface AuthenticatorParts {
  readonly cells: readonly { code: number }[];
  readonly keyringOf: (cell: number) => Keyring;
  readonly accessTokens: Pick<AccessTokens, "verify">;
  readonly cache: CredentialCache<CachedPrincipal>;
  readonly now: () => number;
  /** Notes that a verified credential is in use, and lets its session live on. Beside the request, never before it. */
  readonly touch: (found: FoundCredential) => void;
}

export function createAuthenticator(parts: AuthenticatorParts): Authenticator {
  const served = new Set(parts.cells.map((cell) => cell.code));

  return {
    async authenticate(credential, options = {}) {
      if (credential.kind === "none" || credential.kind === "malformed") return undefined;
      const place = placeOf(credential, options.cell ?? parts.cells[0]?.code);
      if (!place || !served.has(place.cell)) return undefined;
      const cacheKey = `${place.cell}.${textOf(credential)}`;
      const now = parts.now();
      const hit = options.fresh ? undefined : parts.cache.get(cacheKey, now);
      if (hit) return hit;
      const found = await verified(parts, place, credential);
      if (!found) {
        parts.cache.delete(cacheKey);
        return undefined;
      }
      if ((found.lastUsedAt ?? 0) <= now - TOUCH_MS) parts.touch(found);
      const { principal } = found;
      const authenticated = { principal, credentialId: place.id };
      const expiresAt = expiryOf(principal, now);
      parts.cache.set(cacheKey, { ...authenticated, cached: true, expiresAt });
      return { ...authenticated, cached: false };
    },
  };
}

/** The credential as the database has it, when its secret is right and it has not ended. */
async function verified(
  parts: AuthenticatorParts,
  { cell, tenantId, kind, id }: Place,
  credential: Credential,
): Promise<FoundCredential | undefined> {
  if (credential.kind === "access_token") return verifiedToken(parts, credential);
  const found = await credentialLookup(tenantId, kind, id);
  if (!found?.secretHash) return undefined;
  const { keyringOf, now } = parts;
  const { secret } = credential;
  const right = await matchesKeyedHash(keyringOf(cell), tenantId, kind, secret, found.secretHash);
  return right && lives(found, now()) ? found : undefined;
}

/** An access token's family, when the token is ours and its family lives. It ends when the first of both does. */
async function verifiedToken(
  { accessTokens, now }: AuthenticatorParts,
  credential: AccessTokenCredential,
): Promise<FoundCredential | undefined> {
  const token = await accessTokens.verify(credential);
  // Bound to a certificate: of no use without it.
  if (!token || token.confirmation !== null) return undefined;
  const found = await credentialLookup(token.tenantId, "refresh_family", token.familyId);
  if (!found || found.principal.id !== token.subject || !lives(found, now())) return undefined;
  const { principal } = found;
  const familyEnds = principal.credentialExpiresAt ?? token.expiresAt;
  const credentialExpiresAt = Math.min(token.expiresAt, familyEnds);
  return { ...found, principal: { ...principal, credentialExpiresAt } };
}

function lives({ principal: { credentialExpiresAt } }: FoundCredential, now: number): boolean {
  return credentialExpiresAt === null || credentialExpiresAt > now;
}

/** A cached principal is used again for a minute at most, and never past an end that is part of it. */
function expiryOf(principal: Principal, now: number): number {
  return Math.min(now + 60_000, principal.credentialExpiresAt ?? Number.POSITIVE_INFINITY);
}

/** Where a credential is kept: the claim of the credential itself, untrusted until its secret matched. */
interface Place {
  readonly kind: CredentialKind;
  readonly tenantId: string;
  readonly id: string;
  readonly cell: number;
}

function placeOf(credential: Credential, platformCell: number | undefined): Place | undefined {
  if (credential.kind !== "platform_key") {
    const { tenantId, id } = credential;
    const kind = credential.kind === "access_token" ? "refresh_family" : credential.kind;
    return { kind, tenantId, id, cell: cellOf(tenantId) };
  }
  if (platformCell === undefined) return undefined;
  const tenantId = platformTenantId(platformCell);
  return { kind: "api_key", tenantId, id: platformKeyId(platformCell), cell: platformCell };
}

function textOf(credential: Credential): string {
  if (credential.kind === "access_token") return `access_token.${credential.text}`;
  return credential.kind === "platform_key"
    ? `platform_key.${credential.secret}`
    : `${credential.kind}.${credential.tenantId}.${credential.id}.${credential.secret}`;
}
