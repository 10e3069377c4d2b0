import { ACCESS_TOKEN_SECONDS } from "@aic-sos/auth/access-token";
import type { Dependencies } from "../../dependencies.ts";
import { secondsTo } from "../../issue-family.ts";
import { limitRate } from "../../limit-rate.ts";
import { TOKENS_PER_CLIENT } from "../../login-limits.ts";
import { OAuthError } from "../../oauth-error.ts";
import type { PresentedCertificate } from "../../presented-credential.ts";
import { tellRegionMismatch } from "../../region-mismatch.ts";
import { countWrongKey } from "../../wrong-keys.ts";
import { field, type Form } from "./form.ts";
import { tokenStore } from "./token.store.ts";

/** Bound tokens are not refreshed: the certificate gets the next one. */
export interface BoundTokenAnswer {
  readonly access_token: string;
  /** `Bearer` also where it is bound to a certificate (RFC 8705 §3). */
  readonly token_type: "Bearer";
  /** Seconds. */
  readonly expires_in: number;
}

interface BoundTokenRequest {
  readonly form: Form;
  readonly certificate: PresentedCertificate | undefined;
  readonly address: string | undefined;
  readonly requestId: string;
}

/**
 * An access token for a service that shows its certificate (RFC 6749 §4.4, RFC 8705 §2.1 and §3): of no use without that
 * certificate, and no longer than its CA is registered. `client_id` is the service's name. Throws OAuthError.
 */
export async function issueBoundToken(
  deps: Dependencies,
  request: BoundTokenRequest,
): Promise<BoundTokenAnswer> {
  const { form, requestId } = request;
  const { certificate, principal } = await serviceOf(deps, request);
  const clientId = field(form, "client_id");
  if (clientId !== certificate.serviceName) throw noSuchService();
  const { id: subject, tenantId, cell, region, credentialExpiresAt } = principal;
  await limitRate(cell, "client /auth/token", `${tenantId}/${subject}`, TOKENS_PER_CLIENT);
  const now = deps.now();
  const ends = Math.min(now + ACCESS_TOKEN_SECONDS * 1000, credentialExpiresAt ?? now);
  const confirmation = certificate.thumbprint;
  const key = await deps.keyringOf(cell).forTenant(tenantId);
  const familyId = deps.newId(cell);
  const family = { id: familyId, userId: subject, clientId, derivationKeyId: key.id };
  await tokenStore.beginBound({ tenantId, now, requestId }, { ...family, confirmation, ends });
  const claims = { tenantId, subject, familyId, clientId, region, workspaceId: null };
  return {
    access_token: await deps.accessTokens.issue({ ...claims, confirmation }),
    token_type: "Bearer",
    expires_in: secondsTo(ends, now),
  };
}

/**
 * Whose certificate it is, past the cache: nothing that follows compares the epoch. A wrong one counts toward the limit of
 * its address, as it does everywhere else.
 */
async function serviceOf(
  deps: Dependencies,
  { certificate, address, requestId }: BoundTokenRequest,
) {
  const shown =
    certificate && (await deps.authenticator.authenticate(certificate, { fresh: true }));
  if (certificate?.kind !== "client_certificate" || !shown) {
    await countWrongKey(deps, certificate ?? { kind: "none" }, address);
    throw noSuchService();
  }
  const { id, kind, tenantId, cell, region, authentication, disabled } = shown.principal;
  if (shown.misplaced) {
    const actor = { id, kind, authentication };
    await tellRegionMismatch(deps, { code: cell, region }, { tenantId, actor, requestId });
  }
  if (shown.misplaced || disabled) throw noSuchService();
  return { certificate, principal: shown.principal };
}

function noSuchService(): OAuthError {
  return new OAuthError("invalid_client", "There is no service with such a certificate and name");
}
