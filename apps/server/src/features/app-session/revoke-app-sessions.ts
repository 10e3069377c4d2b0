import { RevokeAppSessions, RevokedAppSessions } from "@aic-sos/contract/app-sessions";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { appSessionStore } from "./app-session.store.ts";

export const revokeAppSessions = rbacProcedure("self:manage", {
  rest: "DELETE /app-sessions",
  summary: "Sign all of one's apps and devices out",
  input: RevokeAppSessions,
  output: RevokedAppSessions,
}).mutation(({ ctx }) => appSessionStore.revokeAll(ctx.grant, ctx.deps.now()));
