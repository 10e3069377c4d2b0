/** Why the guard let a request to an address that somebody entered not go out, or not come back. */
export const OUTBOUND_REFUSALS = {
  not_https: "the address is not https",
  not_public: "the host's address is not on the public internet",
  unknown_host: "the host has no address",
  unreachable: "the host does not answer",
  redirected: "the host answered with a redirect, which is not followed",
  too_large: "the answer is too large",
  too_slow: "the answer took too long",
} as const satisfies Record<string, string>;

export type OutboundRefusal = keyof typeof OUTBOUND_REFUSALS;

/** A request that the outbound guard refused. `message` is public: it names no address that the caller did not. */
export class OutboundRefused extends Error {
  override readonly name = "OutboundRefused";
  readonly refusal: OutboundRefusal;

  constructor(refusal: OutboundRefusal, cause?: unknown) {
    super(OUTBOUND_REFUSALS[refusal], { cause });
    this.refusal = refusal;
  }
}
