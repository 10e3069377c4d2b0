import { RotateApiKey, RotatedApiKey } from "@aic-sos/contract/api-keys";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { apiKeyStore } from "./api-key.store.ts";
import { limitKeys } from "./limit-keys.ts";
import { newApiKey } from "./new-api-key.ts";

export const rotateApiKey = rbacProcedure("api_key:rotate", {
  rest: "POST /api-keys/{apiKeyId}/rotate",
  summary: "Create a key's successor, shown once; the old key goes on for an overlap of 0 to 48 h",
  input: RotateApiKey,
  output: RotatedApiKey,
  status: 201,
  secretAnswer: ({ apiKey }) => apiKey.id,
}).mutation(async ({ ctx: { grant, deps }, input }) => {
  await limitKeys(grant);
  return apiKeyStore.rotate(grant, input, await newApiKey(deps, grant), deps.now());
});
