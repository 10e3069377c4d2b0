import type { Step, WorkflowDefinition } from "./definition.ts";

export type WorkflowNode = {
  readonly id: string;
  readonly use: Step["use"];
  /** Place in `spec.steps`. */
  readonly index: number;
  /** 0 for a step that needs nothing, else one more than the highest level it needs. */
  readonly level: number;
};
/** `to` needs `from`. */
export type WorkflowEdge = { readonly from: string; readonly to: string };
export type WorkflowGraph = {
  /** As written in the file. */
  readonly nodes: readonly WorkflowNode[];
  readonly edges: readonly WorkflowEdge[];
  /** Every step after all it needs; as written in the file where the needs leave it open. */
  readonly order: readonly string[];
  /** Steps by level: those of one level can run side by side. */
  readonly levels: readonly (readonly string[])[];
};

/** The graph of a valid workflow's steps, by their `needs`. */
export function workflowGraph(definition: WorkflowDefinition): WorkflowGraph {
  const { steps } = definition.spec;
  const levelOf = levelsById(steps);
  const nodes = steps.map(({ id, use }, index) => ({
    id,
    use,
    index,
    level: levelOf.get(id) ?? 0,
  }));
  const depth = Math.max(0, ...nodes.map((node) => node.level + 1));
  const levels = Array.from({ length: depth }, (_, level) =>
    nodes.filter((node) => node.level === level).map((node) => node.id),
  );
  const edges = steps.flatMap((step) => step.needs.map((from) => ({ from, to: step.id })));
  return { nodes, edges, order: levels.flat(), levels };
}

function levelsById(steps: readonly Step[]): Map<string, number> {
  const levels = new Map<string, number>();
  let waiting = [...steps];
  while (waiting.length > 0) {
    const ready = waiting.filter((step) => step.needs.every((id) => levels.has(id)));
    if (ready.length === 0)
      throw new Error("workflowGraph was given steps with a cycle or an unknown need");
    const found = ready.map((step) => [step.id, levelAfter(step, levels)] as const);
    for (const [id, level] of found) levels.set(id, level);
    waiting = waiting.filter((step) => !levels.has(step.id));
  }
  return levels;
}

function levelAfter(step: Step, levels: ReadonlyMap<string, number>): number {
  return step.needs.reduce((level, id) => Math.max(level, (levels.get(id) ?? 0) + 1), 0);
}

/** For each step id, every step that has ended before it starts: its needs, theirs, and so on. */
export function ranBefore(
  steps: readonly Pick<Step, "id" | "needs">[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const needs = new Map(steps.map((step) => [step.id, step.needs]));
  const closure = new Map<string, ReadonlySet<string>>();
  for (const { id } of steps) {
    const before = new Set<string>();
    const open = [...(needs.get(id) ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (before.has(next)) continue;
      before.add(next);
      open.push(...(needs.get(next) ?? []));
    }
    closure.set(id, before);
  }
  return closure;
}
