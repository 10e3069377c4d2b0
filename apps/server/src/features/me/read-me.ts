import { Me, ReadMe } from "@aic-sos/contract/members";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { meStore } from "./me.store.ts";

export const readMe = rbacProcedure("self:read", {
  rest: "GET /me",
  summary: "Who is calling, where, with which roles",
  input: ReadMe,
  output: Me,
}).query(({ ctx }) => meStore.read(ctx.grant, ctx.authenticated.principal, ctx.deps.now()));
