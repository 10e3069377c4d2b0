/** The one-time token of an invitation: `inv_<tenant, 32 hex>_<id, 32 hex>_<secret>`. */
import { fromHexId, sameHome, toHexId } from "./hex-id.ts";
import { SECRET_LENGTH } from "./secret.ts";

const INVITATION = new RegExp(
  `^inv_([0-9a-f]{32})_([0-9a-f]{32})_([0-9A-Za-z]{${SECRET_LENGTH}})$`,
);

export interface Invitation {
  readonly tenantId: string;
  readonly id: string;
  readonly secret: string;
}

/** The text of an invitation. @throws TypeError when a part does not have its form */
export function formatInvitation(invitation: Invitation): string {
  const text = `inv_${toHexId(invitation.tenantId)}_${toHexId(invitation.id)}_${invitation.secret}`;
  if (parseInvitation(text) === undefined) {
    throw new TypeError("an invitation has two ids of one cell and a secret from newSecret()");
  }
  return text;
}

/** Reads an invitation, a claim until its secret was verified; undefined when it is none. */
export function parseInvitation(text: string): Invitation | undefined {
  const [, tenant = "", invitation = "", secret = ""] = INVITATION.exec(text) ?? [];
  const tenantId = fromHexId(tenant);
  const id = fromHexId(invitation);
  if (tenantId === undefined || id === undefined || !sameHome(tenantId, id)) return undefined;
  return { tenantId, id, secret };
}
