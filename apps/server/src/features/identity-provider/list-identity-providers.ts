import { IdentityProviderPage, ListIdentityProviders } from "@aic-sos/contract/identity-providers";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { identityProviderStore } from "./identity-provider.store.ts";

export const listIdentityProviders = rbacProcedure("identity_provider:read", {
  rest: "GET /identity-providers",
  summary: "List the tenant's own OpenID providers",
  input: ListIdentityProviders,
  output: IdentityProviderPage,
}).query(({ ctx, input }) => identityProviderStore.list(ctx.grant, input));
