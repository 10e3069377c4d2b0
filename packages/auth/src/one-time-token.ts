/**
 * What a native app presents to get tokens: `aic_<kind>_<tenant, 32 hex>_<id, 32 hex>_<secret>_<checksum>`. As with API
 * keys, what is read is a claim until the secret was verified, and the checksum rejects typing errors with no look-up.
 */
import { CHECKSUM_LENGTH, checksum } from "./checksum.ts";
import { fromHexId, sameHome, toHexId } from "./hex-id.ts";
import { SECRET_LENGTH } from "./secret.ts";

/** `code`: an authorization code. `device`: a device code. `refresh`: a refresh token. */
export type OneTimeKind = "code" | "device" | "refresh";

export interface OneTimeToken {
  readonly tenantId: string;
  readonly id: string;
  readonly secret: string;
}

const FORM = new RegExp(
  `^(aic_([a-z]+)_([0-9a-f]{32})_([0-9a-f]{32})_([0-9A-Za-z]{${SECRET_LENGTH}}))_([0-9A-Za-z]{${CHECKSUM_LENGTH}})$`,
);
const LONGEST = 200;

/** The text of such a token. @throws TypeError when a part does not have its form */
export function formatOneTimeToken(kind: OneTimeKind, token: OneTimeToken): string {
  const body = `aic_${kind}_${toHexId(token.tenantId)}_${toHexId(token.id)}_${token.secret}`;
  const text = `${body}_${checksum(body)}`;
  if (parseOneTimeToken(kind, text) !== undefined) return text;
  throw new TypeError("such a token has two ids of one cell and a secret from newSecret()");
}

/** Reads a token of that kind; undefined when it is none, mistyped, or names ids of two cells. */
export function parseOneTimeToken(kind: OneTimeKind, text: string): OneTimeToken | undefined {
  if (text.length > LONGEST) return undefined;
  const [, body = "", found, tenant = "", id = "", secret = "", sum] = FORM.exec(text) ?? [];
  if (found !== kind || checksum(body) !== sum) return undefined;
  const token = { tenantId: fromHexId(tenant) ?? "", id: fromHexId(id) ?? "", secret };
  return sameHome(token.tenantId, token.id) ? token : undefined;
}
