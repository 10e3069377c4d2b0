import { CreatedProviderKey, CreateProviderKey } from "@aic-sos/contract/provider-keys";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { keyFormatWarnings } from "./key-format.ts";
import { providerKeyStore } from "./provider-key.store.ts";

export const createProviderKey = rbacProcedure("provider_key:create", {
  rest: "POST /provider-keys",
  summary: "Store a provider key; it is sealed and shown again only as its last four characters",
  input: CreateProviderKey,
  output: CreatedProviderKey,
  status: 201,
}).mutation(({ ctx, input }) => providerKeyStore.create(ctx, input, keyFormatWarnings(input)));
