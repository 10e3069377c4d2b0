import { RemoveRole, RemovedRole } from "@aic-sos/contract/members";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { memberStore } from "./member.store.ts";

export const removeRole = rbacProcedure("role:remove", {
  rest: "DELETE /role-bindings/{bindingId}",
  summary: "Take a role away; effective at the next request",
  input: RemoveRole,
  output: RemovedRole,
}).mutation(({ ctx, input }) => memberStore.removeRole(ctx.grant, input.bindingId, ctx.deps.now()));
