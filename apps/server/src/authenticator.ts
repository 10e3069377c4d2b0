import type { AccessTokenCredential, VerifiedAccessToken } from "@aic-sos/auth/access-token";
import type {
  Credential,
  PlatformKeyCredential,
  SessionCredential,
} from "@aic-sos/auth/credential";
import type { CertificateFault } from "@aic-sos/auth/certificate-faults";
import type { ClientCertificateCredential } from "@aic-sos/auth/client-certificate";
import type { CredentialCache } from "@aic-sos/auth/credential-cache";
import { cellOf, platformTenantId } from "@aic-sos/contract/ids";
import { verifyChain } from "@aic-sos/auth/verify-chain";
import { credentialLookup } from "@aic-sos/db/doors";
import { matchesKeyedHash } from "@aic-sos/keyring/keyed-hash";
import type { Keyring } from "@aic-sos/keyring/keyring";
import type { Principal } from "@aic-sos/policy/principal";
import type { AccessTokens } from "./access-tokens.ts";
import type { Used } from "./credential-uses.ts";
import { idInCell, platformKeyId } from "./platform-administrator.ts";
import type { PresentedCredential } from "./presented-credential.ts";

/** A principal whose credential was verified. */
export interface Authenticated {
  readonly principal: Principal;
  /** What names the session or key itself, so that it can end itself. */
  readonly credentialId: string;
  /** Its certificate says that the tenant lives in another region: refused wherever it acts, and on record. */
  readonly misplaced: boolean;
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
  readonly touch: (used: Used) => void;
  /** Tells why a certificate was refused: its caller only learns that it was. */
  readonly certificateRefused: (
    fault: CertificateFault,
    claim: Pick<ClientCertificateCredential, "tenantId" | "serviceName">,
  ) => void;
}

export function createAuthenticator(parts: AuthenticatorParts): Authenticator {
  const served = new Set(parts.cells.map((cell) => cell.code));

  return {
    async authenticate(credential, options = {}) {
      if (credential.kind === "none" || credential.kind === "malformed") return undefined;
      const cell = await cellToAsk(parts, credential, options.cell);
      if (cell === undefined || !served.has(cell)) return undefined;
      const cacheKey = `${cell}.${textOf(credential)}`;
      const now = parts.now();
      const hit = options.fresh ? undefined : parts.cache.get(cacheKey, now);
      if (hit) return hit;
      const found = await verified(parts, credential, cell);
      if (!found) {
        parts.cache.delete(cacheKey);
        return undefined;
      }
      const { principal, id: credentialId, misplaced } = found;
      // Who is disabled is refused, whatever they ask for: that is no use, and keeps no session alive.
      if (!principal.disabled && (found.lastUsedAt ?? 0) <= now - TOUCH_MS) {
        for (const used of found.uses) parts.touch({ ...used, principal });
      }
      const authenticated = { principal, credentialId, misplaced };
      const expiresAt = expiryOf(principal, now);
      parts.cache.set(cacheKey, { ...authenticated, cached: true, expiresAt });
      return { ...authenticated, cached: false };
    },
  };
}

interface Verified {
  readonly id: string;
  readonly principal: Principal;
  readonly lastUsedAt: number | null;
  readonly uses: readonly Pick<Used, "kind" | "id">[];
  readonly misplaced: boolean;
}

function verified(
  parts: AuthenticatorParts,
  credential: Credential,
  cell: number,
): Promise<Verified | undefined> {
  if (credential.kind === "client_certificate") return byCertificate(parts, credential);
  if (credential.kind === "access_token") return byAccessToken(parts, credential);
  return bySecret(parts, placeOf(credential, cell), credential.secret);
}

/** The credential as the database has it, when its secret is right and it has not ended. */
async function bySecret(
  { keyringOf, now }: AuthenticatorParts,
  { cell, tenantId, kind, id }: Place,
  secret: string,
): Promise<Verified | undefined> {
  const found = await credentialLookup(tenantId, kind, id);
  if (!found) return undefined;
  const right = await matchesKeyedHash(keyringOf(cell), tenantId, kind, secret, found.secretHash);
  const ends = found.principal.credentialExpiresAt;
  if (!right || (ends !== null && ends <= now())) return undefined;
  const { principal, lastUsedAt } = found;
  return { id, principal, lastUsedAt, uses: [{ kind, id }], misplaced: false };
}

/** An access token's family, when the token is ours and the family lives. It ends when the first of both does. */
async function byAccessToken(
  parts: AuthenticatorParts,
  credential: AccessTokenCredential,
): Promise<Verified | undefined> {
  const { accessTokens, now } = parts;
  const token = await accessTokens.verify(credential);
  if (!token || !(await isShownByItsOwner(parts, token, credential.certificate))) return undefined;
  const { familyId: id, tenantId, expiresAt } = token;
  const found = await credentialLookup(tenantId, "refresh_family", id);
  if (!found || found.principal.id !== token.subject) return undefined;
  const familyEnds = found.principal.credentialExpiresAt ?? expiresAt;
  if (familyEnds <= now()) return undefined;
  const principal = { ...found.principal, credentialExpiresAt: Math.min(expiresAt, familyEnds) };
  const uses = [{ kind: found.kind, id }];
  return { id, principal, lastUsedAt: found.lastUsedAt, uses, misplaced: false };
}

/** Bound to a certificate: of no use without it, and without a CA under which it is its owner's (RFC 8705 §3). */
async function isShownByItsOwner(
  parts: AuthenticatorParts,
  { confirmation, subject }: Pick<VerifiedAccessToken, "confirmation" | "subject">,
  certificate: ClientCertificateCredential | undefined,
): Promise<boolean> {
  if (confirmation === null) return true;
  if (certificate?.thumbprint !== confirmation) return false;
  const owner = await byCertificate(parts, certificate);
  return owner !== undefined && !owner.misplaced && owner.principal.id === subject;
}

/** The service that the certificate names, when the certificate was issued under a CA of its own tenant. */
async function byCertificate(
  { now, certificateRefused }: AuthenticatorParts,
  credential: ClientCertificateCredential,
): Promise<Verified | undefined> {
  const { tenantId, serviceName, region } = credential;
  const found = await credentialLookup(tenantId, "service", serviceName);
  const chain = found && verifyChain(credential, found.authorities, now());
  if (!found || !chain?.ok) {
    certificateRefused(chain?.ok === false ? chain.fault : "no_service", credential);
    return undefined;
  }
  return {
    id: found.id,
    principal: { ...found.principal, credentialExpiresAt: chain.expiresAt },
    lastUsedAt: found.lastUsedAt,
    uses: [
      { kind: "service", id: found.id },
      { kind: "client_authority", id: chain.anchorId },
    ],
    misplaced: region !== found.principal.region,
  };
}

/** A cached principal is used again for a minute at most, and never past an end that is part of it. */
function expiryOf(principal: Principal, now: number): number {
  return Math.min(now + 60_000, principal.credentialExpiresAt ?? Number.POSITIVE_INFINITY);
}

type SecretCredential = Exclude<Credential, ClientCertificateCredential | AccessTokenCredential>;

/** Where a credential is kept: the claim of the credential itself, untrusted until its secret matched. */
interface Place {
  readonly kind: "session" | "api_key";
  readonly tenantId: string;
  readonly id: string;
  readonly cell: number;
}

/** The cell of the tenant that a credential names; of the platform's, the one where it is to act. */
async function cellToAsk(
  parts: AuthenticatorParts,
  credential: Credential,
  wished: number | undefined,
): Promise<number | undefined> {
  const home = parts.cells[0]?.code;
  if (!isPlatforms(credential)) return cellOf(credential.tenantId);
  const cell = wished ?? home;
  return (await livesAtHome(parts, credential, { cell, home })) ? cell : undefined;
}

function isPlatforms(
  credential: Credential,
): credential is SessionCredential | PlatformKeyCredential {
  if (credential.kind === "platform_key") return true;
  if (credential.kind !== "session") return false;
  return credential.tenantId === platformTenantId(cellOf(credential.tenantId));
}

/**
 * A platform administrator's session or key is that of the first served cell. Where it acts in another one, by the copy
 * that is kept there, the first one is asked each time whether it is still alive: epochs do not cross databases.
 */
async function livesAtHome(
  parts: AuthenticatorParts,
  credential: SessionCredential | PlatformKeyCredential,
  { cell, home }: Readonly<Record<"cell" | "home", number | undefined>>,
): Promise<boolean> {
  if (home === undefined) return false;
  if (credential.kind === "session" && cellOf(credential.tenantId) !== home) return false;
  if (cell === home) return true;
  const found = await bySecret(parts, placeOf(credential, home), credential.secret);
  return found !== undefined && !found.principal.disabled;
}

function placeOf(credential: SecretCredential, cell: number): Place {
  if (credential.kind !== "platform_key") {
    const { tenantId, id, kind } = credential;
    if (!isPlatforms(credential)) return { kind, tenantId, id, cell };
    return { kind, tenantId: platformTenantId(cell), id: idInCell(id, cell), cell };
  }
  const id = platformKeyId(cell, credential.secret);
  return { kind: "api_key", tenantId: platformTenantId(cell), id, cell };
}

function textOf(credential: Credential): string {
  if (credential.kind === "client_certificate") {
    return `client_certificate.${credential.thumbprint}`;
  }
  if (credential.kind === "access_token") {
    return `access_token.${credential.text}.${credential.certificate?.thumbprint ?? ""}`;
  }
  return credential.kind === "platform_key"
    ? `platform_key.${credential.secret}`
    : `${credential.kind}.${credential.tenantId}.${credential.id}.${credential.secret}`;
}
