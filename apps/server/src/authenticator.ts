import type { Credential } from "@aic-sos/auth/credential";
import type { CredentialCache } from "@aic-sos/auth/credential-cache";
import { cellOf, platformTenantId } from "@aic-sos/contract/ids";
import { credentialLookup, type FoundCredential } from "@aic-sos/db/doors";
import { matchesKeyedHash } from "@aic-sos/keyring/keyed-hash";
import type { Keyring } from "@aic-sos/keyring/keyring";
import type { Principal } from "@aic-sos/policy/principal";
import { platformKeyId } from "./platform-administrator.ts";
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
      const found = await verified(parts, place, credential.secret);
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
  { keyringOf, now }: AuthenticatorParts,
  { cell, tenantId, kind, id }: Place,
  secret: string,
): Promise<FoundCredential | undefined> {
  const found = await credentialLookup(tenantId, kind, id);
  if (!found) return undefined;
  const right = await matchesKeyedHash(keyringOf(cell), tenantId, kind, secret, found.secretHash);
  const ends = found.principal.credentialExpiresAt;
  return right && (ends === null || ends > now()) ? found : undefined;
}

/** A cached principal is used again for a minute at most, and never past an end that is part of it. */
function expiryOf(principal: Principal, now: number): number {
  return Math.min(now + 60_000, principal.credentialExpiresAt ?? Number.POSITIVE_INFINITY);
}

/** Where a credential is kept: the claim of the credential itself, untrusted until its secret matched. */
interface Place {
  readonly kind: "session" | "api_key";
  readonly tenantId: string;
  readonly id: string;
  readonly cell: number;
}

function placeOf(credential: Credential, platformCell: number | undefined): Place | undefined {
  if (credential.kind !== "platform_key") {
    const { tenantId, id, kind } = credential;
    return { kind, tenantId, id, cell: cellOf(tenantId) };
  }
  if (platformCell === undefined) return undefined;
  const tenantId = platformTenantId(platformCell);
  return { kind: "api_key", tenantId, id: platformKeyId(platformCell), cell: platformCell };
}

function textOf(credential: Credential): string {
  return credential.kind === "platform_key"
    ? `platform_key.${credential.secret}`
    : `${credential.kind}.${credential.tenantId}.${credential.id}.${credential.secret}`;
}
