import { SwitchedMember, SwitchMember } from "@aic-sos/contract/members";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { membershipStore } from "./membership.store.ts";

export const disableMember = rbacProcedure("member:disable", {
  rest: "POST /members/{memberId}/disable",
  summary: "Disable a person; their sessions end, effective at the next request",
  input: SwitchMember,
  output: SwitchedMember,
}).mutation(({ ctx, input }) => membershipStore.disable(ctx.grant, input.memberId, ctx.deps.now()));
