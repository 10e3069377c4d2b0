import type { ErrorCode } from "@aic-sos/contract/errors";
import type { Problem } from "@aic-sos/contract/problem";

/** The same request gets the same refusal, whatever others do meanwhile. */
const FINAL: ReadonlySet<ErrorCode> = new Set([
  // Each try is a security event, too.
  "region_mismatch",
  "cross_site",
  "invalid_input",
  "malformed_body",
  "malformed_request",
  "headers_too_large",
  "method_not_allowed",
  "unsupported_media_type",
  "body_too_large",
]);

/**
 * False where sending the same request again cannot help. A `forbidden` and a `not_found`, which also hides what one may
 * not see, end when somebody gives the role.
 * @param problem undefined where no answer came
 */
export function mayHelpToRetry(problem: Problem | undefined): boolean {
  return problem === undefined || !FINAL.has(problem.code);
}
