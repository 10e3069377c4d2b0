import { parseInvitation } from "@aic-sos/auth/invitation";
import { cellOf } from "@aic-sos/contract/ids";
import type { Dependencies } from "../../dependencies.ts";
import { invitationMatches } from "../../invitations.ts";
import { LoginRefused } from "./login-refused.ts";
import { sessionStore } from "./session.store.ts";

/**
 * The id of the invitation that a token belongs to. Whether it is still open is asked again when it is accepted, in
 * that transaction. Throws `invitation_invalid`.
 */
export async function checkInvitation(deps: Dependencies, token: string): Promise<string> {
  const invitation = parseInvitation(token);
  const stored =
    invitation && (await sessionStore.findInvitation(invitation.tenantId, invitation.id));
  if (!invitation || !stored) throw new LoginRefused("invitation_invalid");
  const matches = await invitationMatches(
    deps,
    cellOf(invitation.tenantId),
    invitation.secret,
    stored.secretHash,
  );
  if (!matches) throw new LoginRefused("invitation_invalid");
  return invitation.id;
}
