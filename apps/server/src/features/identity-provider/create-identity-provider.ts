import {
  CreateIdentityProvider,
  SavedIdentityProvider,
} from "@aic-sos/contract/identity-providers";
import { sealClientSecret } from "../../client-secrets.ts";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { identityProviderStore } from "./identity-provider.store.ts";
import { discoverForTenant, requireUsable } from "./require-usable.ts";

export const createIdentityProvider = rbacProcedure("identity_provider:create", {
  rest: "POST /identity-providers",
  summary: "Add an OpenID provider of the tenant; its metadata is read and checked first",
  input: CreateIdentityProvider,
  output: SavedIdentityProvider,
  status: 201,
}).mutation(async ({ ctx: { deps, grant }, input }) => {
  await identityProviderStore.assertCurrent(grant);
  const { clientId, clientSecret = null } = input;
  const entered = { issuer: input.issuer, clientId, clientSecret };
  const { discovery, issuer } = await discoverForTenant(deps, grant, entered);
  requireUsable(discovery);
  const id = deps.newId(grant.cell);
  const sealed =
    clientSecret === null ? null : await sealClientSecret(deps, grant.tenantId, id, clientSecret);
  return identityProviderStore.create(grant, { ...input, issuer, id }, { sealed, discovery });
});
