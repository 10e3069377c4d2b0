import { hash, timingSafeEqual } from "node:crypto";

/** SHA-256 in base64url. */
const CHALLENGE = /^[0-9A-Za-z_-]{43}$/;
/** RFC 7636 §4.1. */
const VERIFIER = /^[0-9A-Za-z._~-]{43,128}$/;

/** True for what can be a code challenge of method S256. `plain` is no method here: it proves nothing. */
export function isCodeChallenge(text: string): boolean {
  return CHALLENGE.test(text);
}

/** True when the verifier is what the challenge was made of (RFC 7636 §4.6, S256). */
export function provesChallenge(verifier: string, challenge: string): boolean {
  if (!VERIFIER.test(verifier) || !CHALLENGE.test(challenge)) return false;
  return timingSafeEqual(
    Buffer.from(hash("sha256", verifier, "base64url")),
    Buffer.from(challenge),
  );
}
