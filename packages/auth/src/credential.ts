/**
 * The credentials a caller can present and their text forms. Parsers are strict (one text per credential), never throw,
 * and do no lookup. What they return is a *claim*: nothing in it may be trusted before the secret was verified.
 *
 *     session cookie   <tenant id>.<session id>.<secret>
 *     API key          aic_<tenant, 32 hex>_<id, 32 hex>_<secret>_<checksum>
 *     platform key     aic_platform_<secret>_<checksum>
 *     access token     a JWT: see access-token.ts
 *
 * and client certificates, which are read in client-certificate.ts.
 */
import { cellOf, platformTenantId } from "@aic-sos/contract/ids";
import type { AccessTokenCredential } from "./access-token.ts";
import { CHECKSUM_LENGTH, checksum } from "./checksum.ts";
import type { ClientCertificateCredential } from "./client-certificate.ts";
import { fromHexId, sameHome, toHexId } from "./hex-id.ts";
import { SECRET_LENGTH } from "./secret.ts";

export interface SessionCredential {
  readonly kind: "session";
  readonly tenantId: string;
  readonly id: string;
  readonly secret: string;
}

export interface ApiKeyCredential {
  readonly kind: "api_key";
  readonly tenantId: string;
  readonly id: string;
  readonly secret: string;
}

export interface PlatformKeyCredential {
  readonly kind: "platform_key";
  readonly secret: string;
}

export type Credential =
  | SessionCredential
  | ApiKeyCredential
  | PlatformKeyCredential
  | AccessTokenCredential
  | ClientCertificateCredential;

const SECRET = `[0-9A-Za-z]{${SECRET_LENGTH}}`;
const SESSION = new RegExp(
  `^([0-9a-f-]{36})\\.([0-9a-f-]{36})\\.([0-9A-Za-z_-]{${SECRET_LENGTH}})$`,
);
const CHECKED = new RegExp(`^(aic_[0-9A-Za-z_]+)_([0-9A-Za-z]{${CHECKSUM_LENGTH}})$`);
const API_KEY = new RegExp(`^aic_([0-9a-f]{32})_([0-9a-f]{32})_(${SECRET})$`);
const PLATFORM_KEY = new RegExp(`^aic_platform_(${SECRET})$`);
const LONGEST_KEY = 160;

/** The text of an API key. @throws TypeError when a part does not have its form */
export function formatApiKey(key: { tenantId: string; id: string; secret: string }): string {
  const body = `aic_${toHexId(key.tenantId)}_${toHexId(key.id)}_${key.secret}`;
  if (!API_KEY.test(body)) throw new TypeError("the secret of an API key comes from newSecret()");
  return `${body}_${checksum(body)}`;
}

/** The text of a platform key. @throws TypeError when the secret does not have its form */
export function formatPlatformKey(secret: string): string {
  const body = `aic_platform_${secret}`;
  if (!PLATFORM_KEY.test(body))
    throw new TypeError("the secret of a platform key comes from newSecret()");
  return `${body}_${checksum(body)}`;
}

/** The value of a session cookie. @throws TypeError when a part does not have its form */
export function formatSessionCookie(session: {
  tenantId: string;
  id: string;
  secret: string;
}): string {
  const value = `${session.tenantId}.${session.id}.${session.secret}`;
  if (parseSessionCookie(value) === undefined) {
    throw new TypeError(
      "a session has a tenant id and an id of one cell, and a secret from newSecret()",
    );
  }
  return value;
}

/**
 * Reads an API key; undefined when it is none, mistyped (checksum), or names ids of two cells. The platform's tenant has
 * none: its keys have a form of their own, which is looked up in another way.
 */
export function parseApiKey(text: string): ApiKeyCredential | undefined {
  const [, tenant = "", key = "", secret = ""] = API_KEY.exec(checkedBody(text)) ?? [];
  const tenantId = fromHexId(tenant);
  const id = fromHexId(key);
  if (tenantId === undefined || id === undefined || cellOf(tenantId) !== cellOf(id))
    return undefined;
  if (tenantId === platformTenantId(cellOf(tenantId))) return undefined;
  return { kind: "api_key", tenantId, id, secret };
}

/** Reads a platform key; undefined when it is none or mistyped. */
export function parsePlatformKey(text: string): PlatformKeyCredential | undefined {
  const secret = PLATFORM_KEY.exec(checkedBody(text))?.[1];
  return secret === undefined ? undefined : { kind: "platform_key", secret };
}

/** Reads what may stand behind `Authorization: Bearer`: an API key or a platform key. */
export function parseKey(text: string): ApiKeyCredential | PlatformKeyCredential | undefined {
  return parseApiKey(text) ?? parsePlatformKey(text);
}

/** Reads the value of a session cookie; undefined when it is none or names ids of two cells. */
export function parseSessionCookie(value: string): SessionCredential | undefined {
  const [, tenantId = "", id = "", secret = ""] = SESSION.exec(value) ?? [];
  return sameHome(tenantId, id) ? { kind: "session", tenantId, id, secret } : undefined;
}

/** What stands before the checksum, or an empty text (which matches no form) when the checksum is wrong. */
function checkedBody(text: string): string {
  if (text.length > LONGEST_KEY) return "";
  const [, body = "", sum = ""] = CHECKED.exec(text) ?? [];
  return body !== "" && checksum(body) === sum ? body : "";
}
