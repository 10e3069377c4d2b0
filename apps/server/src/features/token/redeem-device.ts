import { parseOneTimeToken } from "@aic-sos/auth/one-time-token";
import { cellOf } from "@aic-sos/contract/ids";
import { matchesKeyedHash } from "@aic-sos/keyring/keyed-hash";
import type { Dependencies } from "../../dependencies.ts";
import { deviceDetailContext } from "../../device-codes.ts";
import { issueFamily, type NewFamily, type TokenAnswer } from "../../issue-family.ts";
import { invalidGrant, OAuthError } from "../../oauth-error.ts";
import { openText } from "../../open-text.ts";
import { deviceStore, type Polled } from "./device.store.ts";
import { clientOf, field, type Form } from "./form.ts";

/**
 * The first tokens of a device, once a person has approved it (RFC 8628 §3.4); until then how things stand. A code is
 * good once, however many come with it. Throws OAuthError.
 */
export async function redeemDevice(
  deps: Dependencies,
  form: Form,
  requestId: string,
): Promise<TokenAnswer> {
  const client = clientOf(deps.config.tokens, form);
  const code = parseOneTimeToken("device", field(form, "device_code"));
  if (!code || !deps.cells.some(({ code: cell }) => cell === cellOf(code.tenantId)))
    throw invalidGrant();
  const { tenantId, id, secret } = code;
  const found = await deviceStore.find(tenantId, id);
  if (!found || found.clientId !== client.id) throw invalidGrant();
  const keyring = deps.keyringOf(cellOf(tenantId));
  if (!(await matchesKeyedHash(keyring, tenantId, "device_code", secret, found.secretHash)))
    throw invalidGrant();
  const family = await familyOf(deps, tenantId, found);
  const at = { tenantId, now: deps.now(), requestId };
  const polled = await deviceStore.poll(at, id, family);
  if (polled !== "redeemed" || !family) throw notYet(polled);
  return family.answer();
}

type FoundCode = NonNullable<Awaited<ReturnType<typeof deviceStore.find>>>;

/** Of whoever approved; undefined while nobody has. */
async function familyOf(
  deps: Dependencies,
  tenantId: string,
  code: FoundCode,
): Promise<NewFamily | undefined> {
  const { userId, approvedAt, clientId, askedWorkspace: workspaceId } = code;
  if (userId === null || approvedAt === null) return undefined;
  const context = deviceDetailContext(tenantId, code.id, "device_name_sealed");
  const keyring = deps.keyringOf(cellOf(tenantId));
  const deviceName = await openText(keyring, code.deviceNameSealed, context);
  return issueFamily(deps, { tenantId, userId, clientId, workspaceId, deviceName });
}

function notYet(polled: Polled): OAuthError {
  switch (polled) {
    case "pending":
      return new OAuthError("authorization_pending", "Nobody has answered yet; ask again");
    case "too_early":
      return new OAuthError("slow_down", "Wait 5 seconds longer than before, from now on");
    case "denied":
      return new OAuthError("access_denied", "It was refused");
    case "expired":
      return new OAuthError("expired_token", "It has ended; begin anew");
    default:
      return invalidGrant();
  }
}
