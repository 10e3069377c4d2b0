import type { WorkflowDefinition } from "../src/definition.ts";
import { parseWorkflow } from "../src/parse.ts";
import type { Problem } from "../src/problem.ts";

/** Marks in a source where its problem is expected; taken out before parsing. */
const HERE = "◆";

/** A source, and the line and column that its mark stood at. */
export function marked(text: string): { source: string; line: number; column: number } {
  const before = text.slice(0, text.indexOf(HERE)).split("\n");
  const source = text.replace(HERE, "");
  return { source, line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

/** A valid workflow around the given parts of `spec`, each already indented by two. */
export function workflow(
  parts: { inputs?: string; steps?: string; metadata?: string } = {},
): string {
  return [
    "apiVersion: aic-sos/v1",
    "kind: Workflow",
    "metadata:",
    "  name: example",
    ...(parts.metadata === undefined ? [] : [parts.metadata]),
    "spec:",
    "  riskTier: low",
    ...(parts.inputs === undefined ? [] : ["  inputs:", parts.inputs]),
    "  steps:",
    parts.steps ?? "    - { id: pause, use: wait, with: { duration: 1m } }",
    "",
  ].join("\n");
}

/** An `llm` step with a prompt, in flow style; more fields may follow. */
export function ask(id: string, prompt: string, more = ""): string {
  const text = JSON.stringify(prompt);
  return `    - { id: ${id}, use: llm, with: { provider: openai, model: m, prompt: ${text} }${more} }`;
}

export function valid(source: string): WorkflowDefinition {
  const parsed = parseWorkflow(source);
  if (parsed.ok) return parsed.definition;
  throw new Error(`expected a valid workflow: ${JSON.stringify(parsed.problems, null, 1)}`);
}

export function problemsOf(source: string): readonly Problem[] {
  const parsed = parseWorkflow(source);
  return parsed.ok ? [] : parsed.problems;
}

/** `line:column rule path`, one for each problem. */
export function summaries(source: string): string[] {
  return problemsOf(source).map(
    ({ line, column, rule, path }) => `${line}:${column} ${rule} ${path}`,
  );
}
