import { SwitchedMember, SwitchMember } from "@aic-sos/contract/members";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { membershipStore } from "./membership.store.ts";

export const enableMember = rbacProcedure("member:enable", {
  rest: "POST /members/{memberId}/enable",
  summary: "Let a disabled person in again, with the roles they had",
  input: SwitchMember,
  output: SwitchedMember,
}).mutation(({ ctx, input }) => membershipStore.enable(ctx.grant, input.memberId));
