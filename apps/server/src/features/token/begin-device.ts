import { formatOneTimeToken } from "@aic-sos/auth/one-time-token";
import { newSecret } from "@aic-sos/auth/secret";
import { newUserCode } from "@aic-sos/auth/user-code";
import { cellOf, isId } from "@aic-sos/contract/ids";
import { keyedHash } from "@aic-sos/keyring/keyed-hash";
import type { Dependencies } from "../../dependencies.ts";
import { DEVICE_CODE_MS, deviceDetailContext, userCodeHash } from "../../device-codes.ts";
import { deviceOf } from "../../device-of.ts";
import { limitRate } from "../../limit-rate.ts";
import { DEVICES_PER_TENANT } from "../../login-limits.ts";
import { OAuthError } from "../../oauth-error.ts";
import { deviceStore } from "./device.store.ts";
import { clientOf, type Form, optionalField } from "./form.ts";

/** With 2^34 codes another one is free, unless something is wrong. */
const CODES_TRIED = 3;

/** RFC 8628 §3.2. */
export interface DeviceAnswer {
  readonly device_code: string;
  readonly user_code: string;
  readonly verification_uri: string;
  readonly verification_uri_complete: string;
  /** Seconds. */
  readonly expires_in: number;
  readonly interval: number;
}

interface AskedByDevice {
  readonly form: Form;
  readonly tenantId: string;
  readonly userAgent: string | undefined;
  readonly address: string | undefined;
  readonly requestId: string;
}

/** Begins to let a device in that has no browser (RFC 8628 §3.1): nobody is known yet. Throws OAuthError, `rate_limited`. */
export async function beginDevice(deps: Dependencies, asked: AskedByDevice): Promise<DeviceAnswer> {
  const { form, tenantId, requestId } = asked;
  const client = clientOf(deps.config.tokens, form);
  const askedWorkspace = workspaceOf(form, tenantId);
  const cell = cellOf(tenantId);
  await limitRate(cell, "device_codes", tenantId, DEVICES_PER_TENANT);
  const keyring = deps.keyringOf(cell);
  const [id, secret, now] = [deps.newId(cell), newSecret(), deps.now()];
  const kept = {
    id,
    clientId: client.id,
    askedWorkspace,
    ...(await sealed(deps, id, asked)),
    secretHash: new Uint8Array(await keyedHash(keyring, tenantId, "device_code", secret)),
    expiresAt: new Date(now + DEVICE_CODE_MS),
  };
  for (let tried = 0; tried < CODES_TRIED; tried += 1) {
    const userCode = newUserCode();
    const hash = await userCodeHash(deps, tenantId, userCode);
    if (!hash) break;
    const code = { ...kept, userCodeHash: hash };
    if (!(await deviceStore.create({ tenantId, now, requestId }, code))) continue;
    const deviceCode = formatOneTimeToken("device", { tenantId, id, secret });
    return answer(deps.config.publicUrl, deviceCode, userCode);
  }
  throw new OAuthError("server_error", "No user code was free");
}

function answer(publicUrl: string, deviceCode: string, userCode: string): DeviceAnswer {
  const page = `${publicUrl}/device`;
  return {
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: page,
    verification_uri_complete: `${page}?user_code=${userCode}`,
    expires_in: DEVICE_CODE_MS / 1000,
    interval: 5,
  };
}

/** Whether there is such a workspace is told to whoever answers, not to whoever asks. */
function workspaceOf(form: Form, tenantId: string): string | null {
  const id = optionalField(form, "workspace_id");
  if (id === undefined) return null;
  if (isId(id) && cellOf(id) === cellOf(tenantId)) return id;
  throw new OAuthError("invalid_request", "workspace_id is no id of a workspace of that tenant");
}

async function sealed(deps: Dependencies, id: string, asked: AskedByDevice) {
  const { tenantId, userAgent, address } = asked;
  const tenantKey = await deps.keyringOf(cellOf(tenantId)).forTenant(tenantId);
  const seal = (field: "device_name_sealed" | "address_sealed", text: string | undefined) =>
    text === undefined
      ? null
      : new Uint8Array(
          tenantKey.seal(Buffer.from(text, "utf8"), deviceDetailContext(tenantId, id, field)),
        );
  return {
    deviceNameSealed: seal(
      "device_name_sealed",
      userAgent === undefined ? undefined : deviceOf(userAgent),
    ),
    addressSealed: seal("address_sealed", address),
  };
}
