import { ERRORS } from "@aic-sos/contract/errors";
import { TRPCError, type TRPC_ERROR_CODE_KEY } from "@trpc/server";
import type { AppError } from "../app-error.ts";

const TRPC_CODE_BY_STATUS: Readonly<Record<number, TRPC_ERROR_CODE_KEY>> = {
  400: "BAD_REQUEST",
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  405: "METHOD_NOT_SUPPORTED",
  409: "CONFLICT",
  413: "PAYLOAD_TOO_LARGE",
  415: "UNSUPPORTED_MEDIA_TYPE",
  422: "UNPROCESSABLE_CONTENT",
  429: "TOO_MANY_REQUESTS",
  503: "SERVICE_UNAVAILABLE",
};

/** An error of ours as tRPC carries it, with the code that fits its status. */
export function trpcErrorOf(error: AppError): TRPCError {
  const code = TRPC_CODE_BY_STATUS[ERRORS[error.code].status] ?? "INTERNAL_SERVER_ERROR";
  return new TRPCError({ code, message: error.message, cause: error });
}
