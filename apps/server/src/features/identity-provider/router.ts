import { t } from "../../trpc/init.ts";
import { createIdentityProvider } from "./create-identity-provider.ts";
import { listIdentityProviders } from "./list-identity-providers.ts";
import { removeIdentityProvider } from "./remove-identity-provider.ts";
import { testIdentityProvider } from "./test-identity-provider.ts";
import { updateIdentityProvider } from "./update-identity-provider.ts";

export const identityProviderRouter = t.router({
  create: createIdentityProvider,
  list: listIdentityProviders,
  remove: removeIdentityProvider,
  test: testIdentityProvider,
  update: updateIdentityProvider,
});
