import { boundValue } from "./bound-value.ts";
import type { ValueDeclaration, WorkflowDefinition } from "./definition.ts";
import { didYouMean, quoted } from "./did-you-mean.ts";
import { type JsonObject, type JsonValue, own } from "./json.ts";
import { child, pathOf } from "./pointer.ts";
import { createSchemaCompiler, type ValueProblem } from "./value-schema.ts";

/** One thing that is wrong with the inputs of a run. The message never repeats a value: it may be content. */
export type InputProblem = {
  /** Within the inputs: `incident`, `lines[0].sku`. */
  readonly path: string;
  readonly message: string;
};

export type CheckedInputs =
  | {
      readonly ok: true;
      /** Defaults filled in; may be stored in every workspace. */
      readonly metadata: JsonObject;
      /** Defaults filled in; empty when the caller gave no content and no default is content. */
      readonly content: JsonObject;
    }
  | { readonly ok: false; readonly problems: readonly InputProblem[] };

/** Reported in one pass. */
const MOST_PROBLEMS = 50;

/**
 * Holds a run's inputs against what the workflow declares, and parts them by class.
 * @param inputs as they came over the wire: nothing about them is trusted
 * @param options.contentKept false where content never reaches the control plane: the agent gets it elsewhere, so it is
 * neither required nor filled in here, and what was sent all the same is parted off for the caller to refuse
 */
export function checkInputs(
  definition: WorkflowDefinition,
  inputs: Readonly<Record<string, unknown>>,
  options: { readonly contentKept: boolean } = { contentKept: true },
): CheckedInputs {
  const declared = definition.spec.inputs;
  const bounded = boundValue(inputs);
  if (!bounded.ok) return { ok: false, problems: [inputProblem("", bounded.problem)] };
  const unknown = Object.keys(inputs).filter((name) => !Object.hasOwn(declared, name));
  const problems = unknown
    .slice(0, MOST_PROBLEMS)
    .map((name) => unknownInput(name, Object.keys(declared)));
  const compile = createSchemaCompiler();
  const parts: Record<ValueDeclaration["class"], Record<string, JsonValue>> = {
    metadata: {},
    content: {},
  };
  for (const [name, declaration] of Object.entries(declared)) {
    const given = own(bounded.value as JsonObject, name);
    if (given === undefined && declaration.class === "content" && !options.contentKept) continue;
    const value = given === undefined ? own(declaration.schema, "default") : given;
    if (value === undefined) {
      if (!declaration.optional) problems.push({ path: name, message: "is required" });
      continue;
    }
    const check = compile(declaration.schema);
    problems.push(...check(value).map((problem) => inputProblem(name, problem)));
    parts[declaration.class][name] = value;
  }
  if (problems.length > 0) return { ok: false, problems: problems.slice(0, MOST_PROBLEMS) };
  return { ok: true, ...parts };
}

function inputProblem(name: string, { pointer, message }: ValueProblem): InputProblem {
  return { path: pathOf(name === "" ? pointer : `${child("", name)}${pointer}`), message };
}

function unknownInput(name: string, allowed: readonly string[]): InputProblem {
  const listed = allowed.length === 0 ? "; this workflow takes none" : didYouMean(name, allowed);
  return {
    path: pathOf(child("", name)),
    message: `${quoted(name)} is not an input of this workflow${listed}`,
  };
}
