/** RFC 6750 §2.1: one scheme (in any case, RFC 9110 §11.1), one space, one token68. */
const BEARER = /^bearer ([0-9A-Za-z._~+/-]+=*)$/i;
const LONGEST = 8192;

export type Bearer =
  | { readonly kind: "none" }
  | { readonly kind: "malformed" }
  | { readonly kind: "token"; readonly token: string };

/**
 * Reads the `Authorization` header. `malformed` (another scheme, two headers, stray blanks) is a 401, never a fall-back
 * to the cookie: a caller that tries to say who it is must not become somebody else.
 * @param header all values that were sent: Node's `req.headersDistinct.authorization`, since `req.headers` keeps the
 *   first of several in silence
 */
export function parseBearer(header: readonly string[] | string | undefined): Bearer {
  if (header === undefined) return { kind: "none" };
  const [value = "", ...more] = typeof header === "string" ? [header] : header;
  if (more.length > 0 || value.length > LONGEST) return { kind: "malformed" };
  const token = BEARER.exec(value)?.[1];
  return token === undefined ? { kind: "malformed" } : { kind: "token", token };
}
