/**
 * Why the devstack does not start: a sentence that says how to mend it. No stack trace is wanted.
 */
export class DevstackError extends Error {
  override readonly name = "DevstackError";
}
