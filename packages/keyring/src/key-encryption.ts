/**
 * Wraps data keys: the one thing that a keyfile, AWS KMS and Vault transit have in common.
 *
 * `context` is bound to the wrapped bytes and must be the same for `unwrap`. The buffer that
 * `unwrap` returns belongs to the caller, who wipes it.
 */
export interface KeyEncryption {
  /** The key-encryption key that wraps from now on; stored beside each wrapped key. */
  readonly id: string;
  wrap(key: Uint8Array, context: string): Promise<Uint8Array>;
  /** Also opens what an earlier key-encryption key wrapped, as long as that one is kept. */
  unwrap(wrapped: Uint8Array, context: string): Promise<Uint8Array>;
}
