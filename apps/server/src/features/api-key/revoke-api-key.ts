import { RevokeApiKey, RevokedApiKey } from "@aic-sos/contract/api-keys";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { apiKeyStore } from "./api-key.store.ts";

export const revokeApiKey = rbacProcedure("api_key:revoke", {
  rest: "DELETE /api-keys/{apiKeyId}",
  summary: "Revoke a key, also one in its overlap; effective at its next request",
  input: RevokeApiKey,
  output: RevokedApiKey,
}).mutation(({ ctx, input }) => apiKeyStore.revoke(ctx.grant, input.apiKeyId, ctx.deps.now()));
