import { readAccessToken } from "@aic-sos/auth/access-token";
import { cellOf } from "@aic-sos/contract/ids";
import type { Dependencies } from "../../dependencies.ts";
import { invalidGrant } from "../../oauth-error.ts";
import { clientOf, field, type Form } from "./form.ts";
import { findRefreshToken } from "./refresh-tokens.ts";
import { tokenStore } from "./token.store.ts";

/**
 * Ends an app's sign-in by one of its tokens (RFC 7009). Both kinds end the whole family: an access token alone would
 * be replaced at the next refresh. A token that is none, or has ended, is no error. Throws OAuthError.
 */
export async function revokeToken(
  deps: Dependencies,
  form: Form,
  requestId: string,
): Promise<void> {
  const client = clientOf(deps.config.tokens, form);
  const family = await familyOf(deps, field(form, "token"));
  if (!family) return deps.unauthenticated.count();
  if (family.clientId !== client.id) throw invalidGrant();
  const { tenantId, userId } = family;
  await tokenStore.revoke({ tenantId, now: deps.now(), requestId }, { id: family.id, userId });
}

async function familyOf(deps: Dependencies, text: string) {
  const refresh = await findRefreshToken(deps, text);
  if (refresh) return { ...refresh.family, tenantId: refresh.token.tenantId };
  const access = readAccessToken(text);
  const served = access && deps.cells.some(({ code }) => code === cellOf(access.tenantId));
  const token = served ? await deps.accessTokens.verify(access) : undefined;
  return (
    token && {
      id: token.familyId,
      tenantId: token.tenantId,
      userId: token.subject,
      clientId: token.clientId,
    }
  );
}
