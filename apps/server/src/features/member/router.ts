import { t } from "../../trpc/init.ts";
import { grantRole } from "./grant-role.ts";
import { inviteMember } from "./invite-member.ts";
import { listMembers } from "./list-members.ts";
import { removeRole } from "./remove-role.ts";

export const memberRouter = t.router({
  grantRole: grantRole,
  invite: inviteMember,
  list: listMembers,
  removeRole: removeRole,
});
