import { Problem } from "@aic-sos/contract/problem";

/** The problem details (RFC 9457) inside a failed call; undefined when the server did not answer with one. */
export function problemOf(error: unknown): Problem | undefined {
  if (!(error instanceof Error) || !("data" in error)) return undefined;
  const { data } = error;
  if (typeof data !== "object" || data === null || !("problem" in data)) return undefined;
  return Problem.safeParse(data.problem).data;
}
