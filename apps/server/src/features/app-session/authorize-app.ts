import { formatOneTimeToken } from "@aic-sos/auth/one-time-token";
import { newSecret } from "@aic-sos/auth/secret";
import { AuthorizeApp, AuthorizedApp } from "@aic-sos/contract/app-sessions";
import { cellOf } from "@aic-sos/contract/ids";
import { keyedHash } from "@aic-sos/keyring/keyed-hash";
import { notFound } from "../../app-error.ts";
import { answerTo } from "../../app-request.ts";
import { codeDeviceContext } from "../../authorization-codes.ts";
import type { Dependencies } from "../../dependencies.ts";
import { deviceOf } from "../../device-of.ts";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { appSessionStore } from "./app-session.store.ts";
import { hasRoleIn, requireAppRequest } from "./require-app-request.ts";

export const authorizeApp = rbacProcedure("self:manage", {
  rest: "POST /app-sessions",
  summary: "Let an app in; answers with the address that carries the code to it",
  input: AuthorizeApp,
  output: AuthorizedApp,
  status: 201,
  secretAnswer: ({ id }) => id,
}).mutation(async ({ ctx, input }) => {
  const { grant, deps, authenticated, userAgent } = ctx;
  const client = requireAppRequest(deps, authenticated, input);
  const { workspaceId = null } = input;
  if (workspaceId !== null && !hasRoleIn(authenticated, workspaceId, deps.now())) throw notFound();
  const { tenantId } = grant;
  const code = { tenantId, id: deps.newId(cellOf(tenantId)), secret: newSecret() };
  const kept = await sealCode(deps, code, userAgent);
  const { id } = await appSessionStore.authorize(
    grant,
    {
      ...kept,
      id: code.id,
      sessionId: authenticated.credentialId,
      clientId: client.id,
      redirectUri: input.redirectUri,
      codeChallenge: input.codeChallenge,
      boundWorkspaceId: workspaceId,
    },
    deps.now(),
  );
  const answer = { code: formatOneTimeToken("code", code) };
  return { id, redirectTo: answerTo(input, deps.config.publicUrl, answer) };
});

/** Everything that may need the key service comes before the transaction. */
async function sealCode(
  deps: Dependencies,
  { tenantId, id, secret }: { tenantId: string; id: string; secret: string },
  userAgent: string | undefined,
) {
  const keyring = deps.keyringOf(cellOf(tenantId));
  const tenantKey = await keyring.forTenant(tenantId);
  const device = userAgent === undefined ? undefined : Buffer.from(deviceOf(userAgent), "utf8");
  const sealed = device && tenantKey.seal(device, codeDeviceContext(tenantId, id));
  return {
    secretHash: new Uint8Array(await keyedHash(keyring, tenantId, "authorization_code", secret)),
    deviceNameSealed: sealed === undefined ? null : new Uint8Array(sealed),
  };
}
