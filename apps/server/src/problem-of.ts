import { ERRORS, type ErrorCode } from "@aic-sos/contract/errors";
import type { Problem } from "@aic-sos/contract/problem";
import {
  AuditUnavailable,
  CellUnavailable,
  InvalidValue,
  RefusedByDatabase,
  ReferenceViolation,
  RowNotFound,
  StaleEpoch,
  UniqueViolation,
  WriteConflict,
} from "@aic-sos/db/errors";
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import {
  AppError,
  invalidBody,
  methodNotAllowed,
  notFound,
  unsupportedMediaType,
} from "./app-error.ts";

/**
 * Translates whatever was thrown into an error that a caller may see. What is not recognised becomes `internal`
 * with a fixed sentence: messages of libraries may hold secrets or other people's data.
 */
export function appErrorOf(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof TRPCError) return ofTrpc(error);
  if (error instanceof z.ZodError) return ofZod(error);
  if (error instanceof RowNotFound || isMissingWorkspace(error)) return notFound();
  const known = OF_DATABASE.find(([one]) => error instanceof one);
  const [, code, detail] = known ?? INTERNAL;
  return new AppError(code, detail, { cause: error });
}

/** A tenant-wide role made something in a workspace that its tenant does not have. */
function isMissingWorkspace(error: unknown): boolean {
  return error instanceof ReferenceViolation && error.constraint.endsWith("_workspace_id_fkey");
}

/** What the database says, in words that name no row. */
const OF_DATABASE: readonly (readonly [new (...args: never) => Error, ErrorCode, string])[] = [
  [AuditUnavailable, "audit_unavailable", "Try again in a moment; nothing has changed."],
  [CellUnavailable, "unavailable", "The region's database does not answer. Try again in a moment."],
  [UniqueViolation, "already_exists", "Something with the same name exists already."],
  [ReferenceViolation, "conflict", "It is in use by something that has to stay."],
  [RefusedByDatabase, "conflict", "The database refuses this change."],
  [InvalidValue, "invalid_input", "A value cannot be stored: too large, or not Unicode text."],
  [WriteConflict, "conflict", "Another request was in the way; nothing has changed. Try again."],
  [StaleEpoch, "conflict", "Your rights changed while this was under way. Try again."],
];

const INTERNAL = [
  Error,
  "internal",
  "It has been logged under the request id. Try again, or tell us the id.",
] as const;

function ofTrpc(error: TRPCError): AppError {
  if (error.cause instanceof AppError) return error.cause;
  if (error.cause instanceof z.ZodError && error.code === "BAD_REQUEST") return ofZod(error.cause);
  if (error.code === "INTERNAL_SERVER_ERROR" && error.cause !== undefined)
    return appErrorOf(error.cause);
  return OF_TRPC[error.code]?.() ?? new AppError("internal", INTERNAL[2], { cause: error });
}

/** What tRPC itself refuses. Its own messages are not passed on: they may quote the input. */
const OF_TRPC: Partial<Record<TRPCError["code"], () => AppError>> = {
  PARSE_ERROR: () => invalidBody("malformed_body", "is not valid JSON"),
  BAD_REQUEST: () => invalidBody("malformed_body", "is not what tRPC understands"),
  NOT_FOUND: notFound,
  METHOD_NOT_SUPPORTED: () => methodNotAllowed(["GET for queries", "POST for mutations"]),
  PAYLOAD_TOO_LARGE: () => invalidBody("body_too_large", "is too large"),
  UNSUPPORTED_MEDIA_TYPE: unsupportedMediaType,
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
