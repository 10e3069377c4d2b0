import { ERRORS, errorCodes } from "@aic-sos/contract/errors";
import { DENIAL_REASONS } from "@aic-sos/contract/reasons";

/** The page that `type` of every problem points to, for `docs/errors.md`. */
export function printErrors(): string {
  return [
    "# Errors",
    "",
    "Every error is RFC 9457 `application/problem+json`; over tRPC the same object is `error.data.problem`.",
    "`code` never changes its meaning; `detail` is for people. `errors` names each wrong field, `requestId` finds",
    "the request in the log, and `decisionId` finds the decision in the audit log.",
    "",
    "Made from `packages/contract/src/errors.ts` and `reasons.ts` by `pnpm generate:files`.",
    "",
    "## Codes",
    "",
    ...errorCodes.flatMap((code) => [
      `### ${code}`,
      "",
      `${ERRORS[code].status} · ${ERRORS[code].title}.`,
      "",
    ]),
    "## Reasons of a denial",
    "",
    "A `forbidden`, `region_mismatch` or `workspace_required` says which rule denied it in `reason`. So does the",
    "event in the audit log, also where the answer is a plain `not_found`.",
    "",
    "| reason | means |",
    "|---|---|",
    ...Object.entries(DENIAL_REASONS).map(([reason, means]) => `| \`${reason}\` | ${means} |`),
    "",
  ].join("\n");
}
