import {
  IdentityProviderPath,
  RemovedIdentityProvider,
} from "@aic-sos/contract/identity-providers";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { identityProviderStore } from "./identity-provider.store.ts";

export const removeIdentityProvider = rbacProcedure("identity_provider:remove", {
  rest: "DELETE /identity-providers/{identityProviderId}",
  summary: "Remove an OpenID provider with its group rules; sessions that were begun by it go on",
  input: IdentityProviderPath,
  output: RemovedIdentityProvider,
}).mutation(({ ctx, input }) => identityProviderStore.remove(ctx.grant, input.identityProviderId));
