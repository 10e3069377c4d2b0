import { IssuedInvitation, ReissueInvitation } from "@aic-sos/contract/tenants";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { tenantStore } from "./tenant.store.ts";

export const inviteAdministrator = rbacProcedure("administrator:invite", {
  rest: "POST /tenants/{tenantId}/invitations",
  summary: "Issue the first administrator's invitation again, while the tenant has no member",
  input: ReissueInvitation,
  output: IssuedInvitation,
  status: 201,
  secretAnswer: ({ id }) => id,
}).mutation(({ ctx, input }) => tenantStore.inviteAdministrator(ctx, input));
