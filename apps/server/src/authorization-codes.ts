import type { Keyring } from "@aic-sos/keyring/keyring";

/** How long an app has to come for its tokens, in milliseconds. */
export const CODE_MS = 60_000;

/** Where the name of the device is sealed, until the family has it. */
export function codeDeviceContext(tenantId: string, codeId: string) {
  return {
    tenantId,
    purpose: "session_detail",
    recordId: codeId,
    field: "device_name_sealed",
  } as const;
}

/** The name of the device that a code was given on. */
export async function authorizationCodeDevice(
  keyring: Keyring,
  tenantId: string,
  code: { readonly id: string; readonly deviceNameSealed: Uint8Array | null },
): Promise<string | null> {
  if (code.deviceNameSealed === null) return null;
  const context = codeDeviceContext(tenantId, code.id);
  const opened = await keyring.open(tenantId, code.deviceNameSealed, context);
  return Buffer.from(opened).toString("utf8");
}
