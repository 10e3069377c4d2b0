export type FoundCookie =
  | { readonly kind: "none" }
  | { readonly kind: "ambiguous" }
  | { readonly kind: "value"; readonly value: string };

const LONGEST_HEADER = 16_384;

/**
 * Finds a cookie in the `Cookie` header (Node joins several headers with `; `). A name that comes twice is ambiguous and
 * must be refused: whoever planted the second one would otherwise pick which of the two counts.
 */
export function findCookie(header: string | undefined, name: string): FoundCookie {
  if (header === undefined) return { kind: "none" };
  if (header.length > LONGEST_HEADER) return { kind: "ambiguous" };
  const values: string[] = [];
  for (const part of header.split(";")) {
    const equals = part.indexOf("=");
    if (equals >= 0 && blankTrimmed(part.slice(0, equals)) === name) {
      values.push(blankTrimmed(part.slice(equals + 1)));
    }
  }
  const [value, ...more] = values;
  if (value === undefined) return { kind: "none" };
  return more.length > 0 ? { kind: "ambiguous" } : { kind: "value", value };
}

/**
 * A `Set-Cookie` value for a `__Host-` cookie (RFC 6265bis §4.1.3.2: Secure, Path=/, no Domain).
 * @param maxAge seconds; 0 deletes it
 */
export function hostCookie(name: `__Host-${string}`, value: string, maxAge: number): string {
  if (!/^[0-9A-Za-z._-]*$/.test(value))
    throw new TypeError(`the value of ${name} has a forbidden character`);
  if (!Number.isInteger(maxAge) || maxAge < 0)
    throw new RangeError("maxAge is whole seconds, 0 or more");
  return `${name}=${value}; Max-Age=${maxAge}; Path=/; HttpOnly; Secure; SameSite=Lax`;
}

/** Only blank and tab, as in RFC 6265: `trim` would also eat the exotic blanks that parsers disagree about. */
function blankTrimmed(text: string): string {
  return text.replace(/^[ \t]+/, "").replace(/[ \t]+$/, "");
}
