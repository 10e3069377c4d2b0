import { RevokedSessions, RevokeOtherSessions } from "@aic-sos/contract/sessions";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { ownSessionsStore } from "./own-sessions.store.ts";

export const revokeOtherSessions = rbacProcedure("self:manage", {
  rest: "DELETE /sessions",
  summary: "End all of one's own sessions but the one that asks",
  input: RevokeOtherSessions,
  output: RevokedSessions,
  ofCredential: true,
}).mutation(({ ctx }) =>
  ownSessionsStore.revokeOthers(ctx.grant, ctx.authenticated.credentialId, ctx.deps.now()),
);
