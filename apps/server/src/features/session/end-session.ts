import { endSessionUrl } from "@aic-sos/auth/oidc";
import { cellOf, platformTenantId } from "@aic-sos/contract/ids";
import { EndedSession, EndSession } from "@aic-sos/contract/sessions";
import type { Dependencies } from "../../dependencies.ts";
import { openText } from "../../open-text.ts";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { endCopies } from "./platform-login.ts";
import { platformPlace } from "./platform-provider.ts";
import { sessionSealContext } from "./session-seal-context.ts";
import { type EndedHere, sessionStore } from "./session.store.ts";
import { placeOfIssuer } from "./tenant-provider.ts";

export const endSession = rbacProcedure("self:manage", {
  rest: "DELETE /session",
  summary: "Log out; answers with the address of the identity provider's own logout",
  input: EndSession,
  output: EndedSession,
  ofCredential: true,
}).mutation(async ({ ctx }) => {
  const { grant, deps } = ctx;
  const { id, hint, issuer } = await sessionStore.end(
    grant,
    ctx.authenticated.credentialId,
    deps.now(),
  );
  if (grant.principalKind === "platform") await endCopies(deps, id);
  return { id, redirectTo: await providerLogout(deps, grant.tenantId, { id, hint, issuer }) };
});

/** The provider's logout page, which leads back to the login; the login itself where the provider does not answer. */
async function providerLogout(
  deps: Dependencies,
  tenantId: string,
  { id: sessionId, hint, issuer }: EndedHere,
): Promise<string> {
  const login = `${deps.config.publicUrl}/login`;
  try {
    const { provider } =
      tenantId === platformTenantId(cellOf(tenantId))
        ? await platformPlace(deps)
        : await placeOfIssuer(deps, tenantId, issuer);
    const context = sessionSealContext(tenantId, sessionId, "id_token_hint_sealed");
    const idToken = await openText(deps.keyringOf(cellOf(tenantId)), hint, context);
    return endSessionUrl(provider, { idToken, postLogoutRedirectUri: login }) ?? login;
  } catch (error) {
    deps.log.warn({ err: error }, "provider logout not available");
    return login;
  }
}
