import { Run } from "@aic-sos/contract/runs";
import type { DemoRun } from "./demo-runs.ts";
import type { DemoWorkspace } from "./demo-tenants.ts";
import { make, type SeedPlace } from "./seed-place.ts";

/** A run that is there, and how far it shall have come. */
export interface PlannedRun {
  readonly id: string;
  readonly state: DemoRun["state"];
  readonly steps: DemoRun["steps"];
}

/**
 * Triggers the workspace's runs; they wait as `queued`. Content goes along only where it is kept.
 */
export async function seedRuns(
  place: SeedPlace,
  workflowIds: ReadonlyMap<string, string>,
  { mode, runs }: DemoWorkspace,
): Promise<readonly PlannedRun[]> {
  const planned: PlannedRun[] = [];
  for (const [
    index,
    { workflow, environment, metadata, content, state, steps },
  ] of runs.entries()) {
    const inputs = mode === "full" ? { ...metadata, ...content } : metadata;
    const body = { workflowId: workflowIds.get(workflow), environment, inputs };
    const thing = { name: `run:${index}`, path: "/api/runs", body };
    planned.push({
      id: await make(place, thing, (answer) => Run.pick({ id: true }).parse(answer).id),
      state,
      steps,
    });
  }
  return planned;
}
