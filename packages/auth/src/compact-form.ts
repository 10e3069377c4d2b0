/**
 * True when a text is a compact JWS (3 parts) or JWE (5 parts) in its one canonical form: base64url without padding,
 * blanks or stray bits. Libraries decode sloppily, so that one token would have many texts; asked first, it has one.
 */
export function isCompact(text: string, parts: 3 | 5): boolean {
  const segments = text.split(".");
  return segments.length === parts && segments.every(isBase64url);
}

/** An empty segment is in form: `alg: dir` has one in a JWE. */
function isBase64url(segment: string): boolean {
  return Buffer.from(segment, "base64url").toString("base64url") === segment;
}
