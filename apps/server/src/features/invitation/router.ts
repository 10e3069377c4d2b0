import { t } from "../../trpc/init.ts";
import { listInvitations } from "./list-invitations.ts";
import { revokeInvitation } from "./revoke-invitation.ts";

export const invitationRouter = t.router({
  list: listInvitations,
  revoke: revokeInvitation,
});
