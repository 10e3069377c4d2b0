/**
 * A sign-in of an app: a family of refresh tokens with the access tokens that come of it. Every grant that ends in
 * tokens begins one here: an authorization code, a device code.
 */
import { ACCESS_TOKEN_SECONDS } from "@aic-sos/auth/access-token";
import { formatOneTimeToken } from "@aic-sos/auth/one-time-token";
import { newSecret } from "@aic-sos/auth/secret";
import { cellOf } from "@aic-sos/contract/ids";
import { appendEvent } from "@aic-sos/db/append-event";
import type { ScopedTransaction } from "@aic-sos/db/scoped";
import { keyedHash } from "@aic-sos/keyring/keyed-hash";
import type { Dependencies } from "./dependencies.ts";
import type { TokenSettings } from "./token-settings.ts";

const DAY_MS = 24 * 60 * 60_000;

/** Whose tokens, and what they are good for. */
export interface FamilyWish {
  readonly tenantId: string;
  readonly userId: string;
  readonly clientId: string;
  /** The one workspace that the tokens are good for; null for all that the person may. */
  readonly workspaceId: string | null;
  /** What its owner will know it by, such as `Firefox on Windows`; kept sealed. */
  readonly deviceName: string | null;
  /** Binds all of its tokens to a client certificate: `x5t#S256` of RFC 8705. */
  readonly confirmation?: string;
}

/** The answer of a token endpoint (RFC 6749 §5.1). */
export interface TokenAnswer {
  readonly access_token: string;
  /** `Bearer` also where it is bound to a certificate (RFC 8705 §3). */
  readonly token_type: "Bearer";
  /** Seconds. */
  readonly expires_in: number;
  readonly refresh_token: string;
}

/** The provider's session that an app is let in from; a logout of it ends the app, too. */
export interface ProviderOrigin {
  readonly issuer: string | null;
  readonly providerSessionId: string | null;
}

export interface NewFamily {
  readonly id: string;
  /** Writes the family with its first refresh token and the event, in the transaction of what it is issued for. */
  write(tx: ScopedTransaction, origin: ProviderOrigin): Promise<void>;
  /** The tokens. Once `write` has committed: a token must not be out before its family is there. */
  answer(): Promise<TokenAnswer>;
}

/**
 * Begins a family. Everything that needs the key service happens here, before any transaction. The caller has made sure
 * that user and tenant are active, in the transaction in which it calls `write`.
 */
export async function issueFamily(deps: Dependencies, wish: FamilyWish): Promise<NewFamily> {
  const { tenantId, userId, clientId, workspaceId, confirmation = null } = wish;
  const cell = cellOf(tenantId);
  const keyring = deps.keyringOf(cell);
  const tenantKey = await keyring.forTenant(tenantId);
  const [id, tokenId, secret, now] = [deps.newId(cell), deps.newId(cell), newSecret(), deps.now()];
  const secretHash = await keyedHash(keyring, tenantId, "refresh_token", secret);
  const deviceNameSealed =
    wish.deviceName === null
      ? null
      : tenantKey.seal(Buffer.from(wish.deviceName, "utf8"), deviceNameContext(tenantId, id));
  const absoluteExpiresAt = now + deps.config.tokens.absoluteDays * DAY_MS;
  return {
    id,
    write: async (tx, { issuer, providerSessionId }) => {
      await tx.refreshTokenFamily.create({
        data: {
          id,
          userId,
          clientId,
          derivationKeyId: tenantKey.id,
          boundWorkspaceId: workspaceId,
          certificateThumbprint: confirmation,
          deviceNameSealed: deviceNameSealed === null ? null : new Uint8Array(deviceNameSealed),
          issuer,
          providerSessionId,
          absoluteExpiresAt: new Date(absoluteExpiresAt),
          lastUsedAt: new Date(now),
        },
      });
      await tx.refreshToken.create({
        data: {
          id: tokenId,
          familyId: id,
          secretHash: new Uint8Array(secretHash),
          expiresAt: new Date(refreshEnd(deps.config.tokens, now, absoluteExpiresAt)),
        },
      });
      await appendEvent(tx, {
        type: "app_session.created",
        resource: { type: "app_session", id },
        actor: { id: userId, kind: "user", authentication: "session" },
      });
    },
    answer: () =>
      tokenAnswer(deps, { ...wish, confirmation, id }, { tenantId, id: tokenId, secret }),
  };
}

/** A family as its tokens name it. */
export interface TokenFamily {
  readonly id: string;
  readonly tenantId: string;
  readonly userId: string;
  readonly clientId: string;
  readonly workspaceId: string | null;
  readonly confirmation: string | null;
}

/** A new access token of a family, beside its current refresh token. */
export async function tokenAnswer(
  deps: Dependencies,
  family: TokenFamily,
  refresh: { readonly tenantId: string; readonly id: string; readonly secret: string },
): Promise<TokenAnswer> {
  const { tenantId, userId: subject, clientId, workspaceId, confirmation } = family;
  const region = deps.cells.find(({ code }) => code === cellOf(tenantId))?.region ?? "";
  const claims = { tenantId, subject, familyId: family.id, clientId, region, workspaceId };
  return {
    access_token: await deps.accessTokens.issue({ ...claims, confirmation }),
    token_type: "Bearer",
    expires_in: ACCESS_TOKEN_SECONDS,
    refresh_token: formatOneTimeToken("refresh", refresh),
  };
}

/** When a refresh token of today ends, in Unix milliseconds: never after its family. */
export function refreshEnd(settings: TokenSettings, now: number, familyEnds: number): number {
  return Math.min(now + settings.refreshDays * DAY_MS, familyEnds);
}

/** Where the name of a family's device is sealed. */
export function deviceNameContext(tenantId: string, familyId: string) {
  return {
    tenantId,
    purpose: "session_detail",
    recordId: familyId,
    field: "device_name_sealed",
  } as const;
}
