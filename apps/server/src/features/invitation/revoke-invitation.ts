import { RevokedInvitation, RevokeInvitation } from "@aic-sos/contract/invitations";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { invitationStore } from "./invitation.store.ts";

export const revokeInvitation = rbacProcedure("invitation:revoke", {
  rest: "DELETE /members/invitations/{invitationId}",
  summary: "Revoke an invitation; its link leads nowhere from then on",
  input: RevokeInvitation,
  output: RevokedInvitation,
}).mutation(({ ctx, input }) =>
  invitationStore.revoke(ctx.grant, input.invitationId, ctx.deps.now()),
);
