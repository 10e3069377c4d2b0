import { newSecret } from "@aic-sos/auth/secret";
import type { VerifiedIdentity } from "@aic-sos/auth/verified-identity";
import { cellOf } from "@aic-sos/contract/ids";
import { keyedHash } from "@aic-sos/keyring/keyed-hash";
import type { Dependencies } from "../../dependencies.ts";
import { type SessionDetail, sessionSealContext } from "./session-seal-context.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** How the browser came back from the provider. */
export interface Callback {
  /** Path and query. */
  readonly url: string;
  readonly cookieHeader: string | undefined;
  readonly userAgent: string | undefined;
  readonly address: string | undefined;
  readonly requestId: string;
}

/** What the browser gets of a session. */
export interface OpenSession {
  readonly tenantId: string;
  readonly id: string;
  readonly secret: string;
}

/** A session's row: its secret hashed, its details sealed. */
export interface SessionRow {
  readonly id: string;
  readonly secretHash: Bytes;
  readonly userAgentSealed: Bytes | null;
  readonly ipSealed: Bytes | null;
  readonly idTokenHintSealed: Bytes | null;
}

export function newSession(deps: Dependencies, tenantId: string): OpenSession {
  return { tenantId, id: deps.newId(cellOf(tenantId)), secret: newSecret() };
}

/** Hashes and seals under the tenant's key. Comes before the transaction, since it may need the key service. */
export async function sealSession(
  deps: Dependencies,
  { tenantId, id, secret }: OpenSession,
  { userAgent, address }: Pick<Callback, "userAgent" | "address">,
  { idToken }: Pick<VerifiedIdentity, "idToken">,
): Promise<SessionRow> {
  const keyring = deps.keyringOf(cellOf(tenantId));
  const tenantKey = await keyring.forTenant(tenantId);
  const seal = (field: SessionDetail, text: string | undefined): Bytes | null => {
    if (text === undefined) return null;
    const context = sessionSealContext(tenantId, id, field);
    return new Uint8Array(tenantKey.seal(Buffer.from(text, "utf8"), context));
  };
  return {
    id,
    secretHash: new Uint8Array(await keyedHash(keyring, tenantId, "session", secret)),
    userAgentSealed: seal("user_agent_sealed", userAgent?.slice(0, 500)),
    ipSealed: seal("ip_sealed", address),
    idTokenHintSealed: seal("id_token_hint_sealed", idToken),
  };
}
