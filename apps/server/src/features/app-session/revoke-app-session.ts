import { RevokeAppSession, RevokedAppSession } from "@aic-sos/contract/app-sessions";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { appSessionStore } from "./app-session.store.ts";

export const revokeAppSession = rbacProcedure("self:manage", {
  rest: "DELETE /app-sessions/{appSessionId}",
  summary: "Sign one of one's apps out; effective at its next request",
  input: RevokeAppSession,
  output: RevokedAppSession,
}).mutation(({ ctx, input }) =>
  appSessionStore.revoke(ctx.grant, input.appSessionId, ctx.deps.now()),
);
