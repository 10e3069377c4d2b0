import { InvitationPage, ListInvitations } from "@aic-sos/contract/invitations";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { invitationStore } from "./invitation.store.ts";

export const listInvitations = rbacProcedure("invitation:read", {
  rest: "GET /members/invitations",
  summary: "List invitations that nobody has accepted yet",
  input: ListInvitations,
  output: InvitationPage,
}).query(({ ctx, input }) => invitationStore.list(ctx.grant, input, ctx.deps.now()));
