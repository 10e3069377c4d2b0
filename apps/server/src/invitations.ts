import { formatInvitation } from "@aic-sos/auth/invitation";
import { newSecret } from "@aic-sos/auth/secret";
import { platformTenantId } from "@aic-sos/contract/ids";
import { keyedHash, matchesKeyedHash } from "@aic-sos/keyring/keyed-hash";
import type { Dependencies } from "./dependencies.ts";

/** How long an invitation can be accepted, in milliseconds. */
const INVITATION_MS = 7 * 24 * 60 * 60 * 1000;

/** An invitation before it is stored: what the invited get, and what is kept. */
export interface NewInvitation {
  readonly id: string;
  readonly url: string;
  readonly secretHash: Uint8Array<ArrayBuffer>;
  readonly expiresAt: Date;
}

/**
 * Makes an invitation's link. Its secret is hashed under the cell's platform key, since the first invitation of a
 * tenant is made before the tenant has a key.
 */
export async function newInvitation(
  deps: Dependencies,
  cell: number,
  tenantId: string,
): Promise<NewInvitation> {
  const id = deps.newId(cell);
  const secret = newSecret();
  const hash = await keyedHash(deps.keyringOf(cell), platformTenantId(cell), "invitation", secret);
  const token = formatInvitation({ tenantId, id, secret });
  return {
    id,
    url: `${deps.config.publicUrl}/auth/invitation/${token}`,
    secretHash: new Uint8Array(hash),
    expiresAt: new Date(deps.now() + INVITATION_MS),
  };
}

/** True when `secret` is that of the invitation whose hash was stored. */
export function invitationMatches(
  deps: Dependencies,
  cell: number,
  secret: string,
  stored: Uint8Array,
): Promise<boolean> {
  return matchesKeyedHash(
    deps.keyringOf(cell),
    platformTenantId(cell),
    "invitation",
    secret,
    stored,
  );
}
