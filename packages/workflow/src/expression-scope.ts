import { Environment } from "@marcbachmann/cel-js";
import type {
  Step,
  ValueDeclaration,
  ValueDeclarations,
  WorkflowDefinition,
} from "./definition.ts";
import { isJsonList, type JsonObject, type JsonValue, own } from "./json.ts";
import { LIMITS } from "./limits.ts";
import { outputsOf } from "./step-outputs.ts";

/** The types of CEL that metadata can have. */
export type CelType = "bool" | "int" | "double" | "string" | "google.protobuf.Timestamp";

/** What expressions of one workflow can refer to. */
export type ExpressionScope = {
  readonly inputs: ValueDeclarations;
  readonly steps: { readonly [id: string]: ValueDeclarations };
  /** Knows the metadata and its types, and nothing of content. */
  readonly environment: Environment;
};

type StepLike = Pick<Step, "id"> & { readonly outputs: ValueDeclarations };

/** The scope of a workflow's expressions. */
export function expressionScope(definition: WorkflowDefinition): ExpressionScope {
  const steps = definition.spec.steps.map((step) => ({ id: step.id, outputs: outputsOf(step) }));
  return scopeOf(definition.spec.inputs, steps);
}

function scopeOf(inputs: ValueDeclarations, steps: readonly StepLike[]): ExpressionScope {
  const outputs = steps.map((step) => [step.id, { outputs: celFields(step.outputs) }] as const);
  const environment = BASE.clone()
    .registerVariable({ name: "inputs", schema: celFields(inputs) })
    .registerVariable({ name: "steps", schema: Object.fromEntries(outputs) });
  return {
    inputs,
    steps: Object.fromEntries(steps.map((step) => [step.id, step.outputs])),
    environment,
  };
}

/** Numbers of an input compare with whole literals too: `inputs.ratio == 3`. */
const BASE = new Environment({
  limits: {
    maxAstNodes: LIMITS.expressionNodes,
    maxDepth: LIMITS.expressionDepth,
    maxListElements: LIMITS.expressionListItems,
    maxMapEntries: 1,
    maxCallArguments: 8,
  },
}).registerOperator("double == int", (a: number, b: bigint) => a === Number(b));

function celFields(values: ValueDeclarations): Record<string, CelType | "dyn"> {
  const fields: Record<string, CelType | "dyn"> = {};
  for (const [name, declaration] of Object.entries(values)) {
    // "dyn" is for metadata of a type it may not have: that is reported already, where it is declared.
    if (declaration.class === "metadata") fields[name] = celTypeOf(declaration) ?? "dyn";
  }
  return fields;
}

/** The CEL type of a metadata value; undefined for content, which no expression can read. */
export function celTypeOf({ class: dataClass, schema }: ValueDeclaration): CelType | undefined {
  if (dataClass === "content") return undefined;
  switch (own(schema, "type") ?? typeOfEnum(schema)) {
    case "boolean":
      return "bool";
    case "integer":
      return "int";
    case "number":
      return "double";
    case "string":
      return own(schema, "format") === "date-time" ? "google.protobuf.Timestamp" : "string";
    default:
      return undefined;
  }
}

function typeOfEnum(schema: JsonObject): JsonValue | undefined {
  const values = own(schema, "enum");
  if (!isJsonList(values)) return undefined;
  const [first] = values;
  if (typeof first !== "number") return typeof first;
  return values.every((value) => Number.isInteger(value)) ? "integer" : "number";
}
