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
