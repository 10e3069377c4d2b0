import { RemovedMember, SwitchMember } from "@aic-sos/contract/members";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { membershipStore } from "./membership.store.ts";

export const removeMember = rbacProcedure("member:remove", {
  rest: "DELETE /members/{memberId}",
  summary: "Remove a person: roles, logins and name go, history stays",
  input: SwitchMember,
  output: RemovedMember,
}).mutation(({ ctx, input }) => membershipStore.remove(ctx.grant, input.memberId, ctx.deps.now()));
