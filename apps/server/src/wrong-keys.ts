import type { Dependencies } from "./dependencies.ts";
import { limitRate } from "./limit-rate.ts";
import type { PresentedCredential } from "./presented-credential.ts";

/**
 * How many wrong keys and certificates one address may show. Sessions are not counted: a whole office shows ended ones in
 * the morning, behind one address.
 */
const WRONG_PER_ADDRESS = { points: 300, seconds: 60 } as const;

/**
 * Counts a credential that was refused, over all replicas. Right ones are never held up by it, whoever shares their
 * address. Throws `rate_limited` instead of the 401 that would follow.
 */
export async function countWrongKey(
  { cells: [home] }: Pick<Dependencies, "cells">,
  { kind }: PresentedCredential,
  address: string | undefined,
): Promise<void> {
  if (!home || kind === "none" || kind === "session") return;
  await limitRate(home.code, "address wrong keys", address ?? "unknown", WRONG_PER_ADDRESS);
}
