import { RevokedSession, RevokeSession } from "@aic-sos/contract/sessions";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { ownSessionsStore } from "./own-sessions.store.ts";

export const revokeSession = rbacProcedure("self:manage", {
  rest: "DELETE /sessions/{sessionId}",
  summary: "End one of one's own sessions; effective at its next request",
  input: RevokeSession,
  output: RevokedSession,
}).mutation(({ ctx, input }) =>
  ownSessionsStore.revoke(ctx.grant, input.sessionId, ctx.deps.now()),
);
