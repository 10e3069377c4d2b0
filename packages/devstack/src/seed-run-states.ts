import { FINISHED_RUN_STATES } from "@aic-sos/contract/runs";
import { Client } from "pg";
import type { PlannedRun } from "./seed-runs.ts";

/** How long a step of the demo takes, when there was time. */
const SECONDS_PER_STEP = 0.7;
const HAS_ENDED = ["succeeded", "failed"];

/**
 * Brings queued runs to their states, as the workers will do that carry runs out: there is no
 * endpoint for it yet. Runs that are no longer queued stay as they are, so it can be repeated.
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
  const begun = Object.values(steps).filter((step) => step !== "skipped").length;
  // Squeezed into the time since the run was made: nothing happens in the future.
  const { rows } = await client.query<{ secondsPerStep: number }>(
    `update runs set state = $2, started_at = created_at,
            finished_at = case when $3::boolean then created_at + spent.per_step * $4 end
       from (select id, least(now() - created_at, make_interval(secs => $5)) / $4 as per_step
               from runs where id = $1) spent
      where runs.id = spent.id and runs.state = 'queued'
     returning extract(epoch from spent.per_step)::float8 as "secondsPerStep"`,
    [id, state, FINISHED_RUN_STATES.includes(state), begun, begun * SECONDS_PER_STEP],
  );
  const secondsPerStep = rows[0]?.secondsPerStep;
  if (secondsPerStep === undefined) return;
  let seconds = 0;
  for (const [stepId, stepState] of Object.entries(steps)) {
    const started = stepState === "skipped" ? null : seconds;
    const finished = HAS_ENDED.includes(stepState) ? seconds + secondsPerStep : null;
    await client.query(
      `update steps set state = $3,
              started_at = runs.created_at + make_interval(secs => $4::float8),
              finished_at = runs.created_at + make_interval(secs => $5::float8)
         from runs
        where runs.id = $1 and steps.tenant_id = runs.tenant_id and steps.run_id = runs.id
          and steps.step_id = $2`,
      [id, stepId, stepState, started, finished],
    );
    if (started !== null) seconds += secondsPerStep;
  }
}
