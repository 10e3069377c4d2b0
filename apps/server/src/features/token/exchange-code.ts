import { parseOneTimeToken } from "@aic-sos/auth/one-time-token";
import { provesChallenge } from "@aic-sos/auth/pkce";
import { cellOf } from "@aic-sos/contract/ids";
import { matchesKeyedHash } from "@aic-sos/keyring/keyed-hash";
import { codeDeviceContext } from "../../authorization-codes.ts";
import type { Dependencies } from "../../dependencies.ts";
import { issueFamily, type TokenAnswer } from "../../issue-family.ts";
import { invalidGrant } from "../../oauth-error.ts";
import { openText } from "../../open-text.ts";
import { clientOf, field, type Form } from "./form.ts";
import { tokenStore } from "./token.store.ts";

/**
 * The first tokens of an app, for its authorization code (RFC 6749 §4.1.3, RFC 7636 §4.5). A code is good once: whoever
 * comes with it again gets nothing, and what the first one got ends. Throws OAuthError.
 */
export async function exchangeCode(
  deps: Dependencies,
  form: Form,
  requestId: string,
): Promise<TokenAnswer> {
  const client = clientOf(deps.config.tokens, form);
  const [redirectUri, verifier] = [field(form, "redirect_uri"), field(form, "code_verifier")];
  const code = parseOneTimeToken("code", field(form, "code"));
  if (!code || !deps.cells.some(({ code: cell }) => cell === cellOf(code.tenantId)))
    throw invalidGrant();
  const { tenantId, id } = code;
  const keyring = deps.keyringOf(cellOf(tenantId));
  const found = await tokenStore.findCode(tenantId, id);
  if (!found) throw invalidGrant();
  const { secretHash } = found;
  if (!(await matchesKeyedHash(keyring, tenantId, "authorization_code", code.secret, secretHash)))
    throw invalidGrant();
  const mine = found.clientId === client.id && found.redirectUri === redirectUri;
  if (found.usedAt === null && !(mine && provesChallenge(verifier, found.codeChallenge)))
    throw invalidGrant();
  const family = await issueFamily(deps, {
    tenantId,
    userId: found.userId,
    clientId: client.id,
    workspaceId: found.boundWorkspaceId,
    deviceName: await openText(
      keyring,
      found.deviceNameSealed,
      codeDeviceContext(tenantId, found.id),
    ),
  });
  const at = { tenantId, now: deps.now(), requestId };
  if ((await tokenStore.redeemCode(at, id, family)) !== "redeemed") throw invalidGrant();
  return family.answer();
}
