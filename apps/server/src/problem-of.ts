import { ERRORS, type ErrorCode } from "@aic-sos/contract/errors";
import type { Problem } from "@aic-sos/contract/problem";
import {
  AuditUnavailable,
  CellUnavailable,
  RefusedByDatabase,
  ReferenceViolation,
  UniqueViolation,
} from "@aic-sos/db/errors";
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { AppError, notFound } from "./app-error.ts";

/**
 * Translates whatever was thrown into an error that a caller may see. What is not recognised becomes `internal`
 * with a fixed sentence: messages of libraries may hold secrets or other people's data.
 */
export function appErrorOf(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof TRPCError) return ofTrpc(error);
  if (error instanceof z.ZodError) return ofZod(error);
  if (error instanceof AuditUnavailable) {
    return new AppError("audit_unavailable", "Try again in a moment; nothing has changed.", {
      cause: error,
    });
  }
  if (error instanceof CellUnavailable) {
    return new AppError(
      "unavailable",
      "The region's database does not answer. Try again in a moment.",
      {
        cause: error,
      },
    );
  }
  if (error instanceof UniqueViolation) {
    return new AppError("already_exists", "Something with the same name exists already.", {
      cause: error,
    });
  }
  if (error instanceof ReferenceViolation) {
    return new AppError("conflict", "It is in use by something that has to stay.", {
      cause: error,
    });
  }
  if (error instanceof RefusedByDatabase) {
    return new AppError("conflict", "The database refuses this change.", { cause: error });
  }
  return new AppError(
    "internal",
    "It has been logged under the request id. Try again, or tell us the id.",
    {
      cause: error,
    },
  );
}

function ofTrpc(error: TRPCError): AppError {
  if (error.cause instanceof AppError) return error.cause;
  if (error.cause instanceof z.ZodError && error.code === "BAD_REQUEST") return ofZod(error.cause);
  if (error.code === "INTERNAL_SERVER_ERROR" && error.cause !== undefined)
    return appErrorOf(error.cause);
  const code = TRPC_CODES[error.code];
  if (code === "not_found") return notFound();
  if (code) return new AppError(code, error.message, { cause: error });
  return new AppError("internal", "It has been logged under the request id.", { cause: error });
}

const TRPC_CODES: Partial<Record<TRPCError["code"], ErrorCode>> = {
  PARSE_ERROR: "malformed_body",
  BAD_REQUEST: "malformed_body",
  NOT_FOUND: "not_found",
  METHOD_NOT_SUPPORTED: "method_not_allowed",
  PAYLOAD_TOO_LARGE: "body_too_large",
  UNSUPPORTED_MEDIA_TYPE: "unsupported_media_type",
};

function ofZod(error: z.ZodError): AppError {
  const errors = error.issues.slice(0, 50).map((issue) => {
    const allowed = issue.code === "invalid_value" ? issue.values.map(String) : undefined;
    return {
      field: issue.path.join(".") || "(body)",
      message: issue.message,
      ...(allowed ? { allowed } : {}),
    };
  });
  const first = errors[0];
  const detail = first
    ? `${first.field}: ${first.message}`
    : "The request does not have the right shape.";
  return new AppError("invalid_input", detail, { errors });
}

/** RFC 9457 problem details of an error; the same object goes over both faces. */
export function problemOf(error: AppError, requestId: string | undefined): Problem {
  const { status, title } = ERRORS[error.code];
  const { errors, decisionId, reason, resourceId, retryAfterSeconds } = error.extra;
  return {
    type: `/docs/errors#${error.code}`,
    title,
    status,
    code: error.code,
    detail: error.message,
    ...(requestId === undefined ? {} : { requestId }),
    ...(decisionId === undefined ? {} : { decisionId }),
    ...(reason === undefined ? {} : { reason }),
    ...(errors === undefined ? {} : { errors: [...errors] }),
    ...(resourceId === undefined ? {} : { resourceId }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}
