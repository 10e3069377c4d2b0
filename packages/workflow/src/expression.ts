import { EvaluationError, ParseError, type ParseResult } from "@marcbachmann/cel-js";
import type { ExpressionProblem } from "./expression-problem.ts";
import { inspect } from "./expression-grammar.ts";
import { celTypeOf, type ExpressionScope } from "./expression-scope.ts";
import type { ValueDeclarations } from "./definition.ts";
import { type JsonObject, type JsonValue, own } from "./json.ts";
import { LIMITS } from "./limits.ts";
import { type Reference, resolve } from "./reference.ts";

/** What an expression gives. */
export type ExpressionType = "boolean" | "integer" | "number" | "text" | "time";

const TYPES: Readonly<Record<string, ExpressionType>> = {
  bool: "boolean",
  int: "integer",
  double: "number",
  string: "text",
  "google.protobuf.Timestamp": "time",
};

/** A checked expression over metadata: known references, known type, bounded work. */
export type Expression = {
  readonly source: string;
  readonly type: ExpressionType;
  readonly references: readonly Reference[];
  readonly scope: ExpressionScope;
  readonly run: ParseResult;
};
export type Compiled =
  | { readonly ok: true; readonly expression: Expression }
  | { readonly ok: false; readonly problems: readonly ExpressionProblem[] };

/** The metadata an expression reads: inputs by name, outputs by step and name. Missing ones are simply not there. */
export type ExpressionValues = {
  readonly inputs: JsonObject;
  readonly steps: { readonly [id: string]: { readonly outputs: JsonObject } };
};

/**
 * Parses, checks and types a CEL expression (without `${{ }}`). It reads metadata only: a reference to
 * content is a problem here, whatever is done with it.
 * @param before ids of the steps that have ended by then; without it, any step may be read
 */
export function compileExpression(
  source: string,
  scope: ExpressionScope,
  before?: ReadonlySet<string>,
): Compiled {
  const whole = { start: 0, end: source.length };
  if (source.length > LIMITS.expressionCharacters) {
    const message = `the expression has more than ${LIMITS.expressionCharacters} characters`;
    return { ok: false, problems: [{ rule: "expression-limit", message, ...whole }] };
  }
  const parsed = parse(source, scope);
  if (!parsed.ok) return parsed;
  const { references, problems } = inspect(parsed.run.ast);
  problems.push(...references.flatMap((reference) => referenceProblem(reference, scope, before)));
  if (problems.length > 0) return { ok: false, problems };
  const { error, type = "" } = parsed.run.check();
  if (error !== undefined) {
    const range = error.range ?? whole;
    return {
      ok: false,
      problems: [{ rule: "expression-type", message: summaryOf(error), ...range }],
    };
  }
  const known = own(TYPES, type);
  if (known === undefined) {
    const message = `gives ${type || "nothing"}; an expression gives a boolean, a number, a text or a time`;
    return { ok: false, problems: [{ rule: "expression-type", message, ...whole }] };
  }
  return { ok: true, expression: { source, type: known, references, scope, run: parsed.run } };
}

/**
 * Evaluates a checked expression. It takes at most `LIMITS.expressionNodes` steps, since nothing in it repeats.
 * @returns JSON (a time as ISO text), or why there is no value: one that is not there, a division by zero
 */
export function evaluateExpression(
  expression: Expression,
  values: ExpressionValues,
):
  | { readonly ok: true; readonly value: JsonValue }
  | { readonly ok: false; readonly message: string } {
  const { scope, run } = expression;
  const steps = Object.entries(scope.steps).map(([id, outputs]) => {
    const given = own(values.steps, id)?.outputs ?? {};
    return [id, { outputs: celValues(outputs, given) }] as const;
  });
  try {
    const context = {
      inputs: celValues(scope.inputs, values.inputs),
      steps: Object.fromEntries(steps),
    };
    const value: unknown = run(context);
    return { ok: true, value: fromCel(value) };
  } catch (error) {
    return { ok: false, message: summaryOf(error) };
  }
}

function parse(
  source: string,
  scope: ExpressionScope,
): { ok: true; run: ParseResult } | Extract<Compiled, { ok: false }> {
  try {
    return { ok: true, run: scope.environment.parse(source) };
  } catch (error) {
    const isLimit = error instanceof Error && /Exceeded max/.test(error.message);
    const range = error instanceof ParseError ? error.range : undefined;
    const problem = {
      rule: isLimit ? ("expression-limit" as const) : ("expression-syntax" as const),
      message: isLimit
        ? `the expression is too large: ${summaryOf(error)}`
        : `not an expression: ${summaryOf(error)}`,
      start: Math.min(range?.start ?? 0, source.length),
      end: Math.min(range?.end ?? source.length, source.length),
    };
    return { ok: false, problems: [problem] };
  }
}

function referenceProblem(
  reference: Reference,
  scope: ExpressionScope,
  before: ReadonlySet<string> | undefined,
): ExpressionProblem[] {
  const resolved = resolve(reference, scope, before);
  if (!resolved.ok) return [resolved.problem];
  const { start, end } = reference;
  const written = reference.path.join(".");
  if (resolved.declaration.class === "content") {
    const message =
      `"${written}" is content, which the control plane does not see: ` +
      `it may only stand alone, as \${{ ${written} }}, in a text inside "with"`;
    return [{ rule: "content-in-expression", message, start, end }];
  }
  if (resolved.inner.length === 0) return [];
  const message = `"${written}" reaches into a single value, which has no parts`;
  return [{ rule: "unknown-reference", message, start, end, allowed: [] }];
}

/** The library's message without the drawing of the source below it. */
function summaryOf(error: unknown): string {
  const [first = ""] = error instanceof Error ? error.message.split("\n") : [String(error)];
  return first === "" ? "unknown error" : first;
}

/** Only declared metadata reaches CEL, converted to the type that it was declared with. */
function celValues(declared: ValueDeclarations, given: JsonObject): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, declaration] of Object.entries(declared)) {
    const type = celTypeOf(declaration);
    const value = own(given, name);
    if (type === undefined || value === undefined || value === null) continue;
    if (type === "int" && typeof value === "number") values[name] = BigInt(value);
    else if (type === "google.protobuf.Timestamp" && typeof value === "string")
      values[name] = new Date(value);
    else values[name] = value;
  }
  return values;
}

function fromCel(value: unknown): JsonValue {
  if (typeof value === "bigint") {
    const number = Number(value);
    if (Number.isSafeInteger(number)) return number;
    throw new EvaluationError("the number is too large");
  }
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "number" && !Number.isFinite(value))
    throw new EvaluationError("the number is not finite");
  if (typeof value === "number" || typeof value === "string" || typeof value === "boolean")
    return value;
  throw new EvaluationError("the expression gave no single value");
}
