import type { WorkflowDefinition } from "./definition.ts";
import { workflowDigest } from "./digest.ts";
import { type WorkflowGraph, workflowGraph } from "./graph.ts";
import type { Problem } from "./problem.ts";
import { normalise } from "./raw-workflow.ts";
import { Report } from "./report.ts";
import { checkDeclaredValues } from "./rules/declared-values.ts";
import { checkDurations } from "./rules/duration.ts";
import { checkExpressions } from "./rules/expressions.ts";
import { checkGraph } from "./rules/graph.ts";
import { SourceMap } from "./source-map.ts";
import { checkStructure } from "./structure.ts";
import { readYaml } from "./yaml-source.ts";
import { toJson } from "./yaml-value.ts";

export type ParsedWorkflow =
  | {
      readonly ok: true;
      readonly definition: WorkflowDefinition;
      readonly digest: string;
      readonly graph: WorkflowGraph;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads a workflow definition: YAML text in, a checked definition with its digest and graph out, or every
 * problem found, sorted by place. Never throws, whatever the text; time and memory are bounded (limits.ts).
 */
export function parseWorkflow(source: string): ParsedWorkflow {
  const sourceMap = new SourceMap(source);
  const report = new Report(sourceMap);
  const definition = check(source, sourceMap, report);
  if (definition === undefined || !report.isEmpty)
    return { ok: false, problems: report.problems() };
  return {
    ok: true,
    definition,
    digest: workflowDigest(definition),
    graph: workflowGraph(definition),
  };
}

function check(
  source: string,
  sourceMap: SourceMap,
  report: Report,
): WorkflowDefinition | undefined {
  const document = readYaml(source, report);
  if (document === undefined) return undefined;
  const json = toJson(document, sourceMap, report);
  const raw = checkStructure(json, report);
  if (raw === undefined) return undefined;
  const definition = normalise(raw);
  checkDurations(definition, report);
  checkDeclaredValues(definition, report);
  checkGraph(raw.spec.steps, report);
  checkExpressions(definition, raw.spec.steps, report);
  return definition;
}
