interface Step {
  readonly stepId: string;
  readonly needs: readonly string[];
}

/**
 * Steps so that each comes after all it needs; where that leaves a choice, in the order given. A need that is not among
 * them, or that leads round in a circle, holds nothing back.
 */
export function stepsInOrder<T extends Step>(steps: readonly T[]): readonly T[] {
  const byId = new Map(steps.map((step) => [step.stepId, step]));
  const placed = new Set<string>();
  const ordered: T[] = [];
  const place = (step: T): void => {
    if (placed.has(step.stepId)) return;
    placed.add(step.stepId);
    for (const need of step.needs) {
      const needed = byId.get(need);
      if (needed) place(needed);
    }
    ordered.push(step);
  };
  for (const step of steps) place(step);
  return ordered;
}
