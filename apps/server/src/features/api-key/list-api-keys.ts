import { ApiKeyPage, ListApiKeys } from "@aic-sos/contract/api-keys";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { apiKeyStore } from "./api-key.store.ts";

export const listApiKeys = rbacProcedure("api_key:read", {
  rest: "GET /api-keys",
  summary:
    "List keys: how they begin, when they end, when they were used; never the keys themselves",
  input: ListApiKeys,
  output: ApiKeyPage,
}).query(({ ctx, input }) => apiKeyStore.list(ctx.grant, input, ctx.deps.now()));
