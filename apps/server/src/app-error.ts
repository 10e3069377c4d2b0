import type { ErrorCode } from "@aic-sos/contract/errors";
import type { FieldProblem } from "@aic-sos/contract/problem";
import type { DenialReason } from "@aic-sos/contract/reasons";

export interface AppErrorExtra {
  readonly errors?: readonly FieldProblem[];
  readonly decisionId?: string;
  readonly reason?: DenialReason;
  readonly resourceId?: string;
  readonly retryAfterSeconds?: number;
  /** For the log only. */
  readonly cause?: unknown;
}

/** An error that a caller may see. `detail` is public: it says what was wrong and what to do. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly extra: AppErrorExtra;

  constructor(code: ErrorCode, detail: string, extra: AppErrorExtra = {}) {
    super(detail, { cause: extra.cause });
    this.code = code;
    this.extra = extra;
  }
}

/** The one answer for a thing that is not there and for one that the caller may not know of. */
export function notFound(): AppError {
  return new AppError("not_found", "There is nothing by that id that you may see.");
}

/** One field that is wrong, and what is allowed. */
export function invalidField(
  field: string,
  message: string,
  allowed?: readonly string[],
): AppError {
  return new AppError("invalid_input", `${field} ${message}`, {
    errors: [{ field, message, ...(allowed ? { allowed: [...allowed] } : {}) }],
  });
}

/** A body that is wrong as a whole. */
export function invalidBody(code: "malformed_body" | "body_too_large", message: string): AppError {
  return new AppError(code, `The body ${message}.`, { errors: [{ field: "(body)", message }] });
}

/** The one content type that bodies may have. */
export function unsupportedMediaType(): AppError {
  return new AppError("unsupported_media_type", "Send application/json in UTF-8.", {
    errors: [
      { field: "Content-Type", message: "must be that of JSON", allowed: ["application/json"] },
    ],
  });
}

/** The address is right and the method is not. */
export function methodNotAllowed(allowed: readonly string[]): AppError {
  return new AppError("method_not_allowed", `It takes ${allowed.join(", ")}.`, {
    errors: [{ field: "(method)", message: "is not one of those", allowed: [...allowed] }],
  });
}
