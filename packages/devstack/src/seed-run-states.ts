import { FINISHED_RUN_STATES } from "@aic-sos/contract/runs";
import { Client } from "pg";
import type { PlannedRun } from "./seed-runs.ts";

/** How long a step of the demo takes, and how far apart they begin. */
const STEP_MS = 600;
const STEP_EVERY_MS = 700;
const HAS_ENDED = ["succeeded", "failed"];

/**
 * Brings queued runs to their states, as the workers will do that carry runs out: there is no
 * endpoint for it yet. This is all of the demo data that is written by SQL; everything else went
 * through the API. Runs that are no longer queued stay as they are, so it can be repeated.
 * @param ownerUrl the database, as its owner
 */
export async function advanceRuns(ownerUrl: string, runs: readonly PlannedRun[]): Promise<void> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    for (const run of runs) {
      if (run.state === "queued") continue;
      await client.query("begin");
      await advance(client, run);
      await client.query("commit");
    }
  } finally {
    await client.end();
  }
}

async function advance(client: Client, { id, state, steps }: PlannedRun): Promise<void> {
  const finished = FINISHED_RUN_STATES.includes(state);
  const steppedMs =
    Object.values(steps).filter((step) => step !== "skipped").length * STEP_EVERY_MS;
  const { rowCount } = await client.query(
    `update runs set state = $2, started_at = created_at,
            finished_at = case when $3::boolean then least(created_at + make_interval(secs => $4), now()) end
      where id = $1 and state = 'queued'`,
    [id, state, finished, steppedMs / 1000],
  );
  if (rowCount === 0) return;
  let begunMs = 0;
  for (const [stepId, stepState] of Object.entries(steps)) {
    const begun = stepState === "skipped" ? null : begunMs / 1000;
    const ended = HAS_ENDED.includes(stepState) ? (begunMs + STEP_MS) / 1000 : null;
    await client.query(
      `update steps set state = $3,
              started_at = case when $4::float8 is not null then least(runs.created_at + make_interval(secs => $4), now()) end,
              finished_at = case when $5::float8 is not null then least(runs.created_at + make_interval(secs => $5), now()) end
         from runs where runs.id = $1 and steps.run_id = runs.id and steps.tenant_id = runs.tenant_id and steps.step_id = $2`,
      [id, stepId, stepState, begun, ended],
    );
    if (begun !== null) begunMs += STEP_EVERY_MS;
  }
}
