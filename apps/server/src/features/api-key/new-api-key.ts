import { formatApiKey } from "@aic-sos/auth/credential";
import { newSecret } from "@aic-sos/auth/secret";
import { DEFAULT_KEY_DAYS, MAX_KEY_DAYS } from "@aic-sos/contract/api-keys";
import type { Grant } from "@aic-sos/policy/grant";
import { keyedHash } from "@aic-sos/keyring/keyed-hash";
import { invalidField } from "../../app-error.ts";
import type { Dependencies } from "../../dependencies.ts";

/** A key before it is stored: what its owner gets, and what is kept. */
export interface NewApiKey {
  readonly id: string;
  /** The whole key. It is shown once and kept nowhere. */
  readonly text: string;
  readonly prefix: string;
  readonly secretHash: Uint8Array<ArrayBuffer>;
}

/** `aic_`, the tenant, and of the key's id what tells its time: nobody can use it, and everybody can find it. */
const PREFIX_LENGTH = "aic_".length + 32 + 1 + 12;

export async function newApiKey(deps: Dependencies, grant: Grant): Promise<NewApiKey> {
  const { tenantId, cell } = grant;
  const id = deps.newId(cell);
  const secret = newSecret();
  const text = formatApiKey({ tenantId, id, secret });
  const hash = await keyedHash(deps.keyringOf(cell), tenantId, "api_key", secret);
  return {
    id,
    text,
    prefix: text.slice(0, PREFIX_LENGTH),
    secretHash: new Uint8Array(hash),
  };
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * When a new key ends, in Unix milliseconds.
 * @param asked an ISO instant
 * @param usual its life unless asked otherwise, in milliseconds
 * @throws `invalid_input` for one that has passed or is too far away
 */
export function endOfKey(
  now: number,
  asked: string | undefined,
  usual = DEFAULT_KEY_DAYS * DAY_MS,
): number {
  const latest = now + MAX_KEY_DAYS * DAY_MS;
  if (asked === undefined) return Math.min(now + usual, latest);
  const end = Date.parse(asked);
  if (end <= now) throw invalidField("expiresAt", "must be in the future");
  if (end > latest) {
    throw invalidField("expiresAt", `must be at most ${MAX_KEY_DAYS} days away`);
  }
  return end;
}
