import type { ValueDeclaration, ValueDeclarations, WorkflowDefinition } from "../definition.ts";
import { own } from "../json.ts";
import { LIMITS } from "../limits.ts";
import { isReservedName } from "../names.ts";
import { child } from "../pointer.ts";
import type { Report } from "../report.ts";
import { createSchemaCompiler } from "../value-schema.ts";
import { checkMetadataClass } from "./metadata-class.ts";
import { checkSchemaCost } from "./schema-cost.ts";
import { checkPatterns, patternsOf } from "./schema-pattern.ts";
import { checkReferences } from "./schema-reference.ts";

type Declared = {
  readonly declaration: ValueDeclaration;
  readonly pointer: string;
  readonly name: string;
};

/** All the rules about inputs and outputs. In order: what a later rule relies on, an earlier one has shown. */
export function checkDeclaredValues(definition: WorkflowDefinition, report: Report): void {
  const compile = createSchemaCompiler();
  let cost = 0;
  let patterns = 0;
  for (const { declaration, pointer, name } of declared(definition)) {
    if (isReservedName(name)) {
      report.at(
        pointer,
        "key",
        "reserved-name",
        `"${name}" is a reserved word and cannot be a name`,
      );
    }
    checkMetadataClass(declaration, pointer, report);
    const root = { schema: declaration.schema, pointer };
    if (!checkReferences(root, report)) continue;
    const schemaCost = checkSchemaCost(root, report);
    if (schemaCost === undefined) continue;
    const found = patternsOf(root);
    cost += schemaCost;
    patterns += found.length;
    if (cost > LIMITS.workflowSchemaCost || patterns > LIMITS.patternsPerWorkflow) {
      const message =
        `the schemas up to here take more than ${LIMITS.workflowSchemaCost} evaluations or ` +
        `${LIMITS.patternsPerWorkflow} patterns, which is all a workflow may have`;
      report.at(pointer, "key", "schema-cost", message);
      return;
    }
    if (checkPatterns(found, report)) checkCompiles(declaration, pointer, compile, report);
  }
}

function* declared(definition: WorkflowDefinition): Generator<Declared> {
  yield* declarations(definition.spec.inputs, "/spec/inputs");
  for (const [index, step] of definition.spec.steps.entries()) {
    yield* declarations(step.outputs, child(child("/spec/steps", index), "outputs"));
  }
}

function* declarations(values: ValueDeclarations, pointer: string): Generator<Declared> {
  for (const [name, declaration] of Object.entries(values)) {
    yield { declaration, pointer: child(pointer, name), name };
  }
}

/** The schema is one that the validator takes, and its own default fits it. */
function checkCompiles(
  { schema }: ValueDeclaration,
  pointer: string,
  compile: ReturnType<typeof createSchemaCompiler>,
  report: Report,
): void {
  try {
    const check = compile(schema);
    const given = own(schema, "default");
    for (const problem of given === undefined ? [] : check(given)) {
      const message = `the default does not fit its own schema: ${problem.message}`;
      report.at(child(pointer, "default"), "value", "schema-default", message);
    }
  } catch (error) {
    const reason =
      error instanceof Error ? error.message.replace(/^strict mode: /, "") : String(error);
    report.at(pointer, "key", "schema-invalid", `not a JSON Schema of draft 2020-12: ${reason}`);
  }
}
