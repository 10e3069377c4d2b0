import type { Problem } from "@aic-sos/contract/problem";

/** What went wrong, as the console shows it: the server's own problem, or that no answer came. */
export type Failure =
  | { readonly kind: "problem"; readonly problem: Problem }
  | { readonly kind: "unreachable"; readonly message: string };

/** Reads the problem that the server sends in `error.data.problem`. Anything else means that no answer came. */
export function failureOf(error: unknown): Failure {
  const problem = problemIn(error);
  if (problem) return { kind: "problem", problem };
  return { kind: "unreachable", message: error instanceof Error ? error.message : String(error) };
}

/** The server's problem, when it sent one. */
export function problemOf(error: unknown): Problem | undefined {
  return problemIn(error);
}

/** True when the session has ended or never was. */
export function isSignedOut(error: unknown): boolean {
  return problemIn(error)?.status === 401;
}

function problemIn(error: unknown): Problem | undefined {
  if (typeof error !== "object" || error === null || !("data" in error)) return undefined;
  const { data } = error;
  if (typeof data !== "object" || data === null || !("problem" in data)) return undefined;
  return isProblem(data.problem) ? data.problem : undefined;
}

function isProblem(value: unknown): value is Problem {
  return (
    typeof value === "object" &&
    value !== null &&
    "status" in value &&
    typeof value.status === "number" &&
    "code" in value &&
    "detail" in value &&
    "title" in value
  );
}
