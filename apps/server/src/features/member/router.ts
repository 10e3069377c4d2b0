import { t } from "../../trpc/init.ts";
import { disableMember } from "./disable-member.ts";
import { enableMember } from "./enable-member.ts";
import { grantRole } from "./grant-role.ts";
import { inviteMember } from "./invite-member.ts";
import { listMembers } from "./list-members.ts";
import { removeMember } from "./remove-member.ts";
import { removeRole } from "./remove-role.ts";

export const memberRouter = t.router({
  disable: disableMember,
  enable: enableMember,
  grantRole: grantRole,
  invite: inviteMember,
  list: listMembers,
  remove: removeMember,
  removeRole: removeRole,
});
