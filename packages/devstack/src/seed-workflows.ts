import { readFile } from "node:fs/promises";
import { PublishedWorkflow, Workflow } from "@aic-sos/contract/workflows";
import type { DemoWorkspace } from "./demo-tenants.ts";
import { make, type SeedPlace } from "./seed-place.ts";

const EXAMPLES = new URL("../../../examples/workflows/", import.meta.url);

/** Creates the workspace's workflows and publishes them. @returns their ids by file name */
export async function seedWorkflows(
  place: SeedPlace,
  { workflows }: DemoWorkspace,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (const { file, publishedTo } of workflows) {
    const source = await readFile(new URL(file, EXAMPLES), "utf8");
    const thing = { name: file, path: "/api/workflows", body: { source } };
    const id = await make(place, thing, (answer) => Workflow.pick({ id: true }).parse(answer).id);
    for (const environment of publishedTo) {
      await make(
        place,
        {
          name: `${file}@${environment}`,
          path: `/api/workflows/${id}/publish`,
          body: { environment },
        },
        (answer) => PublishedWorkflow.parse(answer).versionId,
      );
    }
    ids.set(file, id);
  }
  return ids;
}
