import { parseWorkflow } from "@aic-sos/workflow/parse";
import { AppError } from "../../app-error.ts";

/** A definition that was parsed and checked, with the text it came from. */
export type CheckedDefinition = ReturnType<typeof definitionOf>;

/** Parses YAML. Throws `invalid_workflow` with each problem at its line. */
export function definitionOf(source: string) {
  const parsed = parseWorkflow(source);
  if (parsed.ok) return { source, definition: parsed.definition, digest: parsed.digest };
  const errors = parsed.problems.map(({ path, message, line, column, allowed }) => ({
    field: path === "" ? "source" : `source.${path}`,
    message,
    line,
    column,
    ...(allowed ? { allowed: [...allowed] } : {}),
  }));
  const [first] = parsed.problems;
  const detail = first
    ? `Line ${first.line}, column ${first.column}: ${first.message}`
    : "It is no workflow.";
  throw new AppError("invalid_workflow", detail, { errors });
}
