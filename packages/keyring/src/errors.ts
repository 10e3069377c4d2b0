/** Why the keyring refused; a closed list, so that callers can map it exhaustively. */
export type KeyringErrorCode =
  /** The bytes do not begin like a sealed value, or are too short to be one. */
  | "not_sealed"
  /** Sealed, but in a version or with an algorithm that this code does not know. */
  | "unsupported_version"
  /** Commitment or tag does not fit: moved to another row, changed, or another key. */
  | "wrong_context"
  /** A context or label that cannot be encoded unambiguously. A bug of the caller. */
  | "invalid_context"
  /** The data key's row is gone, so what it sealed is gone. */
  | "key_destroyed"
  /** The tenant key was handed out too long ago and has been wiped; ask for it again. */
  | "key_forgotten"
  /** A wrapped data key does not open under its key-encryption key. */
  | "unwrap_failed"
  /** The key-encryption key that wrapped a data key is not at hand. */
  | "unknown_key_encryption_key"
  | "keyfile_exists"
  | "keyfile_malformed"
  | "keyfile_permissions"
  | "keyfile_unreadable";

/**
 * The only error of this package. Its message never holds a key, a plaintext or a wrapped key;
 * at most ids and the path of the keyfile.
 */
export class KeyringError extends Error {
  readonly code: KeyringErrorCode;

  constructor(code: KeyringErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "KeyringError";
    this.code = code;
  }
}
