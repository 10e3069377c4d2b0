import { type OneTimeToken, parseOneTimeToken } from "@aic-sos/auth/one-time-token";
import { secretOf } from "@aic-sos/auth/secret";
import { cellOf } from "@aic-sos/contract/ids";
import { KeyringError } from "@aic-sos/keyring/errors";
import { keyedHash, matchesKeyedHash } from "@aic-sos/keyring/keyed-hash";
import type { Dependencies } from "../../dependencies.ts";
import { refreshEnd, tokenAnswer, type TokenAnswer } from "../../issue-family.ts";
import { invalidGrant } from "../../oauth-error.ts";
import { clientOf, field, type Form } from "./form.ts";
import { tokenStore } from "./token.store.ts";

/**
 * New tokens for a refresh token (RFC 6749 §6), which is used up by it. Its successor is derived from it, so that
 * requests which run side by side, or are sent again within ten seconds, all get the same one. Later the family ends:
 * one of the two who hold the token is a thief. Throws OAuthError.
 */
export async function refreshTokens(
  deps: Dependencies,
  form: Form,
  requestId: string,
): Promise<TokenAnswer> {
  const client = clientOf(deps.config.tokens, form);
  const text = field(form, "refresh_token");
  const found = await findRefreshToken(deps, text);
  // Bound to a certificate: of no use without it.
  if (!found || found.family.clientId !== client.id) throw invalidGrant();
  if (found.family.certificateThumbprint !== null) throw invalidGrant();
  const { token, family } = found;
  const { tenantId } = token;
  const now = deps.now();
  const secret = await successorSecret(deps, tenantId, family.derivationKeyId, text);
  const keyring = deps.keyringOf(cellOf(tenantId));
  const secretHash = await keyedHash(keyring, tenantId, "refresh_token", secret);
  const successor = {
    id: deps.newId(cellOf(tenantId)),
    secretHash: new Uint8Array(secretHash),
    expiresAt: new Date(refreshEnd(deps.config.tokens, now, family.absoluteExpiresAt.getTime())),
  };
  const at = { tenantId, now, requestId };
  const successorId = await tokenStore.rotate(at, { id: token.id, family }, successor);
  if (successorId === undefined) throw invalidGrant();
  return tokenAnswer(
    deps,
    {
      id: family.id,
      tenantId,
      userId: family.userId,
      clientId: family.clientId,
      workspaceId: family.boundWorkspaceId,
      confirmation: family.certificateThumbprint,
      ends: family.absoluteExpiresAt.getTime(),
    },
    { tenantId, id: successorId, secret },
  );
}

/** A refresh token whose secret is right, with its family; whether it is still good is not looked at. */
export async function findRefreshToken(deps: Dependencies, text: string) {
  const token = parseOneTimeToken("refresh", text);
  if (!token || !deps.cells.some(({ code }) => code === cellOf(token.tenantId))) return undefined;
  const found = await tokenStore.findRefreshToken(token.tenantId, token.id);
  return found && (await isRight(deps, token, found.secretHash))
    ? { token, family: found.family }
    : undefined;
}

function isRight(deps: Dependencies, token: OneTimeToken, hash: Uint8Array): Promise<boolean> {
  const { tenantId, secret } = token;
  const keyring = deps.keyringOf(cellOf(tenantId));
  return matchesKeyedHash(keyring, tenantId, "refresh_token", secret, hash);
}

/** An HMAC of the presented token under the key that its family was begun with. */
async function successorSecret(
  deps: Dependencies,
  tenantId: string,
  keyId: string,
  presented: string,
): Promise<string> {
  try {
    const key = await deps.keyringOf(cellOf(tenantId)).byId(tenantId, keyId);
    return secretOf(key.hmac("refresh_successor", Buffer.from(presented, "utf8")));
  } catch (error) {
    if (error instanceof KeyringError && error.code === "key_destroyed") throw invalidGrant();
    throw error;
  }
}
