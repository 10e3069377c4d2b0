import { KeyringError } from "./errors.ts";

/** What a sealed value is for. Part of the bound data: never rename one that is in use. */
export type SealPurpose =
  | "provider_key"
  | "connector_credentials"
  | "client_secret"
  | "signing_key"
  | "refresh_secret"
  | "idempotency_answer"
  | "record_content"
  | "session_detail"
  | "webhook_secret"
  | "audit_address";

/**
 * Where a sealed value lives. All four parts are bound to the ciphertext, so it opens only in the
 * tenant, row and column it was sealed for.
 */
export interface SealContext {
  readonly tenantId: string;
  readonly purpose: SealPurpose;
  /** The id of the row that holds the value. */
  readonly recordId: string;
  /** The column, or the path inside a document. */
  readonly field: string;
}

/**
 * Encodes a context unambiguously: each part as UTF-8 behind its length in four bytes.
 * Throws `invalid_context` for an empty part, and for lone surrogates, which UTF-8 would fold
 * into one and the same replacement character.
 */
export function encodeContext(context: SealContext): Buffer {
  return encodeParts([
    "aic-sos/sealed",
    context.tenantId,
    context.purpose,
    context.recordId,
    context.field,
  ]);
}

/** The encoding behind {@link encodeContext}, for any list of texts. */
export function encodeParts(parts: readonly string[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part, index) => {
      if (part === "" || !part.isWellFormed()) {
        throw new KeyringError(
          "invalid_context",
          `Part ${index} of the context to bind is ${part === "" ? "empty" : "not well-formed Unicode"}.`,
        );
      }
      const bytes = Buffer.from(part, "utf8");
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}
