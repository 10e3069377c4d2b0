import type { ValueDeclaration, ValueDeclarations } from "./definition.ts";
import { didYouMean, quoted } from "./did-you-mean.ts";
import type { ExpressionProblem } from "./expression-problem.ts";
import type { ExpressionScope } from "./expression-scope.ts";
import { isJsonObject, type JsonObject, own } from "./json.ts";

/** A path such as `steps.triage.outputs.priority`, with its place in the expression's source. */
export type Reference = {
  readonly path: readonly string[];
  readonly start: number;
  readonly end: number;
};

export type Resolved =
  | {
      readonly ok: true;
      readonly declaration: ValueDeclaration;
      /** What follows the value's own name: a path inside a content value. */
      readonly inner: readonly string[];
    }
  | { readonly ok: false; readonly problem: ExpressionProblem };

/**
 * Finds what a reference means.
 * @param before ids of the steps that have ended when the expression is read; without it, any step
 */
export function resolve(
  reference: Reference,
  scope: Pick<ExpressionScope, "inputs" | "steps">,
  before?: ReadonlySet<string>,
): Resolved {
  const [root, first, second, third, ...rest] = reference.path;
  if (root === "inputs") {
    return named(reference, "input", scope.inputs, first, reference.path.slice(2));
  }
  if (root !== "steps") return unknown(reference, "a name", root, ["inputs", "steps"]);
  const ids = Object.keys(scope.steps).filter((id) => before?.has(id) ?? true);
  const outputs = first === undefined ? undefined : own(scope.steps, first);
  if (first === undefined || outputs === undefined) return unknown(reference, "a step", first, ids);
  if (before !== undefined && !before.has(first)) return notRun(reference, first, ids);
  if (second !== "outputs")
    return unknown(reference, `a part of step "${first}"`, second, ["outputs"]);
  return named(reference, `output of step "${first}"`, outputs, third, rest);
}

function named(
  reference: Reference,
  what: string,
  declarations: ValueDeclarations,
  name: string | undefined,
  inner: readonly string[],
): Resolved {
  const declaration = name === undefined ? undefined : own(declarations, name);
  if (declaration === undefined)
    return unknown(reference, `an ${what}`, name, Object.keys(declarations));
  const missing = missingInside(declaration.schema, inner);
  if (missing !== undefined) return unknown(reference, "a property", missing.name, missing.allowed);
  return { ok: true, declaration, inner };
}

/** A property that a closed object schema does not have. Where a schema leaves it open, anything may be there. */
function missingInside(
  schema: JsonObject,
  inner: readonly string[],
): { name: string; allowed: string[] } | undefined {
  let at: JsonObject = schema;
  for (const name of inner) {
    const properties = own(at, "properties");
    const next = isJsonObject(properties) ? own(properties, name) : undefined;
    if (
      next === undefined &&
      isJsonObject(properties) &&
      own(at, "additionalProperties") === false
    ) {
      return { name, allowed: Object.keys(properties) };
    }
    if (!isJsonObject(next)) return undefined;
    at = next;
  }
  return undefined;
}

function unknown(
  { path, start, end }: Reference,
  what: string,
  name: string | undefined,
  allowed: readonly string[],
): Resolved {
  const written = path.join(".");
  const message =
    name === undefined
      ? `"${written}" is not complete: ${what} must follow`
      : `${quoted(name)} in "${written}" is not ${what} that is there${didYouMean(name, allowed)}`;
  return { ok: false, problem: { rule: "unknown-reference", message, start, end, allowed } };
}

function notRun({ start, end }: Reference, step: string, allowed: readonly string[]): Resolved {
  const message =
    `step "${step}" may not have run by then: add "${step}" to needs ` +
    `(directly, or through a step that needs it)`;
  return { ok: false, problem: { rule: "step-not-run", message, start, end, allowed } };
}

const PATH = /^(?:inputs|steps)(?:\.[A-Za-z_][A-Za-z0-9_]*|\[\d{1,4}\])*$/;

/** The reference that a source is, when it is nothing but a path; a path may go into content: `inputs.ticket.lines[0]`. */
export function barePath(source: string): Reference | undefined {
  if (!PATH.test(source)) return undefined;
  const path = source.replaceAll("[", ".").replaceAll("]", "").split(".");
  return { path, start: 0, end: source.length };
}
