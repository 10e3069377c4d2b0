import { ListProviderKeys, ProviderKeyPage } from "@aic-sos/contract/provider-keys";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { providerKeyStore } from "./provider-key.store.ts";

export const listProviderKeys = rbacProcedure("provider_key:read", {
  rest: "GET /provider-keys",
  summary: "List the provider keys; of each secret only the last four characters",
  input: ListProviderKeys,
  output: ProviderKeyPage,
}).query(({ ctx, input }) => providerKeyStore.list(ctx.grant, input));
