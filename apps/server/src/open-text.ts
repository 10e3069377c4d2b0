import type { Keyring } from "@aic-sos/keyring/keyring";

/** A text that is kept sealed, such as a device's name, in clear; null where none is kept. */
export async function openText(
  keyring: Keyring,
  sealed: Uint8Array | null,
  context: Parameters<Keyring["open"]>[2],
): Promise<string | null> {
  if (sealed === null) return null;
  return Buffer.from(await keyring.open(context.tenantId, sealed, context)).toString("utf8");
}
