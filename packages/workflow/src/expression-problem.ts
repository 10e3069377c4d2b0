import type { Rule } from "./problem.ts";

type ExpressionRule = Extract<
  Rule,
  | "expression-syntax"
  | "expression-unsupported"
  | "expression-type"
  | "expression-limit"
  | "unknown-reference"
  | "step-not-run"
  | "content-in-expression"
>;

/** What is wrong with an expression, and where in its source. */
export type ExpressionProblem = {
  readonly rule: ExpressionRule;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly allowed?: readonly string[];
};
