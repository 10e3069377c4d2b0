/**
 * Printable ASCII that a path may hold. Not among it: `\` (browsers read it as `/`), quotes, angle brackets, blanks
 * and controls. What is not ASCII comes percent-encoded from any browser.
 */
const ALLOWED = /^\/[0-9A-Za-z._~!$&'()*+,;=:@%/?#[\]|-]*$/;
/** An encoded control: whoever decodes it later would split a header or a log line. */
const ENCODED_CONTROL = /%(?:[01][0-9a-f]|7f|c2%[89][0-9a-f])/i;
/** `/`, `\`, `.` and `%` have no reason to be encoded in a path of ours, and proxies decode them unlike browsers. */
const ENCODED_TRICK = /%(?:2f|5c|2e|25)/i;
const BROKEN_ENCODING = /%(?![0-9a-f]{2})/i;
/** Places that are no pages: going there after a login would log out again, loop, or show raw JSON. */
const NO_PAGE = /^\/(?:auth|api|trpc)(?:[/?#]|$)/i;

export const LONGEST_RETURN_TO = 1024;

/**
 * A `return_to` that is safe to redirect to: a path of our own site, as it is. Undefined for everything else: other
 * hosts (`//evil`, `/\evil`, `https:…`), control characters, dot segments, encoded forms of these. The caller falls
 * back to `/`.
 */
export function safeReturnTo(text: string | undefined): string | undefined {
  if (text === undefined || text.length > LONGEST_RETURN_TO || !ALLOWED.test(text))
    return undefined;
  if (BROKEN_ENCODING.test(text) || ENCODED_CONTROL.test(text)) return undefined;
  if (NO_PAGE.test(text)) return undefined;
  const path = text.split(/[?#]/, 1)[0] ?? "";
  if (path.includes("//") || ENCODED_TRICK.test(path)) return undefined;
  return meansItself(text) ? text : undefined;
}

/** The last word has the URL parser itself: it must see our own host and change nothing (dot segments, quotes). */
function meansItself(text: string): boolean {
  const base = "https://own.invalid";
  return URL.canParse(text, base) && new URL(text, base).href === base + text;
}
