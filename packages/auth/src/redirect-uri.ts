/**
 * Where a native app may be sent back to (RFC 8252): a loopback address, on whatever port the app got from its system,
 * or an address of its own scheme. `localhost` is none (§8.3): it may resolve to something else.
 */
const LOOPBACK =
  /^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(?::([1-9][0-9]{0,4}))?(\/[0-9A-Za-z._~/-]*)$/;
/** §7.1: a domain under the app's control, in reverse order, so that it has a dot; one slash, no authority. */
const PRIVATE_USE = /^[a-z][a-z0-9+-]*(?:\.[a-z0-9+-]+)+:\/[0-9A-Za-z._~/-]*$/;
const LONGEST = 500;

/** True for what a client may be registered with. A loopback address is registered without its port. */
export function isRegistrable(uri: string): boolean {
  if (uri.length > LONGEST) return false;
  const loopback = LOOPBACK.exec(uri);
  return loopback ? loopback[2] === undefined : PRIVATE_USE.test(uri) && !uri.includes("://");
}

/** True when a client that is registered with these addresses may be sent to this one: equal, but for a loopback's port. */
export function mayRedirectTo(uri: string, registered: readonly string[]): boolean {
  if (uri.length > LONGEST) return false;
  const [, host = "", port = "0", path = ""] = LOOPBACK.exec(uri) ?? [];
  return registered.includes(Number(port) <= 65_535 && host !== "" ? host + path : uri);
}
