import type { Grant } from "@aic-sos/policy/grant";
import { notFound } from "../../app-error.ts";
import type { Authenticated } from "../../authenticator.ts";
import type { Dependencies } from "../../dependencies.ts";
import { userCodeHash } from "../../device-codes.ts";
import { limitedNetwork } from "../../http/limited-network.ts";
import { limitRate } from "../../limit-rate.ts";
import { USER_CODES_PER_ADDRESS, USER_CODES_PER_PERSON } from "../../login-limits.ts";
import { deviceRequestStore } from "./device-request.store.ts";
import { hasRoleIn, requireSession } from "./require-app-request.ts";

interface Typing {
  readonly grant: Grant;
  readonly deps: Dependencies;
  readonly authenticated: Authenticated;
  readonly address: string | undefined;
}

/**
 * What waits for an answer under the user code that somebody typed. Every try is counted before it is looked at, right
 * ones too: a guess must not be told from a slip. Throws `conflict`, `rate_limited`; `not_found` for whatever is wrong.
 */
export async function findDeviceRequest(
  { grant, deps, authenticated, address }: Typing,
  typed: string,
) {
  requireSession(authenticated);
  const { tenantId, principalId, cell } = grant;
  await limitRate(cell, "person user codes", `${tenantId}/${principalId}`, USER_CODES_PER_PERSON);
  const counted = limitedNetwork(address ?? "unknown");
  await limitRate(cell, "address user codes", counted, USER_CODES_PER_ADDRESS);
  const hash = await userCodeHash(deps, tenantId, typed);
  const found = hash && (await deviceRequestStore.find(grant, hash, deps.now()));
  if (!found) throw notFound();
  const { askedWorkspace: id } = found;
  if (id === null) return { ...found, workspace: null };
  const name = hasRoleIn(authenticated, id, deps.now())
    ? await deviceRequestStore.workspaceName(grant, id)
    : undefined;
  if (name === undefined) throw notFound();
  return { ...found, workspace: { id, name } };
}
