import {
  SavedIdentityProvider,
  UpdateIdentityProvider,
} from "@aic-sos/contract/identity-providers";
import { invalidField } from "../../app-error.ts";
import { changeDigest } from "../../change-digest.ts";
import { openClientSecret, sealClientSecret } from "../../client-secrets.ts";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { identityProviderStore } from "./identity-provider.store.ts";
import { discoverForTenant, requireUsable } from "./require-usable.ts";

export const updateIdentityProvider = rbacProcedure("identity_provider:update", {
  rest: "PUT /identity-providers/{identityProviderId}",
  summary: "Change an OpenID provider, or switch it off and on; what is left out stays",
  input: UpdateIdentityProvider,
  output: SavedIdentityProvider,
}).mutation(async ({ ctx: { deps, grant }, input }) => {
  const id = input.identityProviderId;
  const present = await identityProviderStore.find(grant, id);
  refuseSecretElsewhere(input, present);
  const clientSecret =
    input.clientSecret === undefined
      ? await openClientSecret(deps, grant.tenantId, present)
      : input.clientSecret;
  const { discovery, issuer } = await discoverForTenant(deps, grant, {
    issuer: input.issuer ?? present.issuer,
    clientId: input.clientId ?? present.clientId,
    clientSecret,
  });
  // One that does not work any more has to be possible to switch off.
  if ((input.state ?? present.state) === "active") requireUsable(discovery);
  const secret =
    input.clientSecret === undefined
      ? undefined
      : {
          sealed:
            input.clientSecret === null
              ? null
              : await sealClientSecret(deps, grant.tenantId, id, input.clientSecret),
        };
  const digest = await changeDigest(deps, grant);
  return identityProviderStore.update(
    grant,
    { ...input, issuer },
    { from: present.issuer, secret, digest, discovery },
  );
});

/** A kept secret goes only to the issuer that it was entered for: nobody gets it by pointing the provider at themselves. */
function refuseSecretElsewhere(
  input: {
    readonly issuer?: string | undefined;
    readonly clientSecret?: string | null | undefined;
  },
  present: { readonly issuer: string; readonly clientSecretSealed: Uint8Array | null },
): void {
  const moves =
    input.issuer !== undefined && new URL(input.issuer).href !== new URL(present.issuer).href;
  if (!moves || input.clientSecret !== undefined || present.clientSecretSealed === null) return;
  throw invalidField("clientSecret", "must be entered again, since the issuer changes");
}
