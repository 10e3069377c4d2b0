import { IdentityProviderPath, TestedIdentityProvider } from "@aic-sos/contract/identity-providers";
import { openClientSecret } from "../../client-secrets.ts";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { identityProviderStore } from "./identity-provider.store.ts";
import { discoverForTenant } from "./require-usable.ts";

export const testIdentityProvider = rbacProcedure("identity_provider:test", {
  rest: "POST /identity-providers/{identityProviderId}/test",
  summary: "Read an OpenID provider's metadata again; answers with what was found, or why it fails",
  input: IdentityProviderPath,
  output: TestedIdentityProvider,
}).mutation(async ({ ctx: { deps, grant }, input: { identityProviderId: id } }) => {
  const present = await identityProviderStore.find(grant, id);
  const clientSecret = await openClientSecret(deps, grant.tenantId, present);
  const { issuer, clientId } = present;
  const { discovery } = await discoverForTenant(deps, grant, { issuer, clientId, clientSecret });
  return identityProviderStore.noteTest(grant, id, discovery);
});
