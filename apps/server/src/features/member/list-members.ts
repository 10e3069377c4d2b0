import { ListMembers, MemberPage } from "@aic-sos/contract/members";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { memberStore } from "./member.store.ts";

export const listMembers = rbacProcedure("member:read", {
  rest: "GET /members",
  summary: "List the people and services with a role here",
  input: ListMembers,
  output: MemberPage,
}).query(({ ctx, input }) => memberStore.list(ctx.grant, input));
