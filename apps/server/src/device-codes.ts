/** What a device asks for, and a person answers elsewhere (RFC 8628). */
import { readUserCode } from "@aic-sos/auth/user-code";
import { cellOf } from "@aic-sos/contract/ids";
import { keyedHash } from "@aic-sos/keyring/keyed-hash";
import type { Dependencies } from "./dependencies.ts";

/** How long a person has to answer and the device to come for its tokens, in milliseconds. */
export const DEVICE_CODE_MS = 600_000;

/** What is known of where a device asked from: sealed, and bound to its row and column. */
type DeviceDetail = "device_name_sealed" | "address_sealed";

/** Where such a detail is sealed. */
export function deviceDetailContext(tenantId: string, codeId: string, field: DeviceDetail) {
  return { tenantId, purpose: "session_detail", recordId: codeId, field } as const;
}

/**
 * By what a request is found when somebody types its code; undefined when it is no code at all. It is hashed under the
 * tenant's active key: a device that asked just before that key changed has to ask again.
 */
export async function userCodeHash(
  deps: Dependencies,
  tenantId: string,
  typed: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const code = readUserCode(typed);
  if (code === undefined) return undefined;
  const keyring = deps.keyringOf(cellOf(tenantId));
  return new Uint8Array(await keyedHash(keyring, tenantId, "user_code", code));
}
