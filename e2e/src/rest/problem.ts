import { Problem } from "@aic-sos/contract/problem";
import { type Answer, answered } from "./caller.ts";
import { expectThat } from "../unmet.ts";

/** The refusal. Goes on only when it is problem+json with this status and code. */
export function refused(answer: Answer, status: number, code: Problem["code"]): Problem {
  const problem = answered(answer, status, Problem);
  expectThat(problem.code === code, `${answer.call} to be refused as ${code}`, problem);
  const type = answer.headers.get("content-type") ?? "";
  expectThat(
    type.startsWith("application/problem+json"),
    `${answer.call} to answer problem+json`,
    type,
  );
  return problem;
}

/** What of a refusal may not depend on whether the thing exists. */
export function withoutIds({ requestId: _, decisionId: __, ...rest }: Problem): string {
  return JSON.stringify(rest);
}
