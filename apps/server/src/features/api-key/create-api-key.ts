import { CreateApiKey, CreatedApiKey } from "@aic-sos/contract/api-keys";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { apiKeyStore } from "./api-key.store.ts";
import { limitKeys } from "./limit-keys.ts";
import { newApiKey } from "./new-api-key.ts";

export const createApiKey = rbacProcedure("api_key:create", {
  rest: "POST /api-keys",
  summary: "Create a service's key, bound to the workspace; it is shown once",
  input: CreateApiKey,
  output: CreatedApiKey,
  status: 201,
  secretAnswer: ({ apiKey }) => apiKey.id,
}).mutation(async ({ ctx: { grant, deps }, input }) => {
  await limitKeys(grant);
  return apiKeyStore.create(grant, input, await newApiKey(deps, grant), deps.now());
});
