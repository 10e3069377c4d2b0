import { InviteMember } from "@aic-sos/contract/members";
import { IssuedInvitation } from "@aic-sos/contract/tenants";
import { newInvitation } from "../../invitations.ts";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { memberStore } from "./member.store.ts";

export const inviteMember = rbacProcedure("member:invite", {
  rest: "POST /members/invitations",
  summary: "Invite a person by e-mail address; the link is shown once",
  input: InviteMember,
  output: IssuedInvitation,
  status: 201,
  secretAnswer: ({ id }) => id,
}).mutation(async ({ ctx, input }) =>
  memberStore.invite(
    ctx.grant,
    input,
    await newInvitation(ctx.deps, ctx.grant.cell, ctx.grant.tenantId),
    ctx.deps.now(),
  ),
);
