import type pg from "pg";
import { originOf } from "./event-origin.ts";
import type { ScopedTransaction } from "./scoped-client.ts";

/** Every task that the queue knows. */
export type JobTask = "deliver-webhook";

/** A payload: ids by name, nothing else. The database refuses any other. */
export type JobIds = Readonly<Record<string, string>>;

/**
 * Adds a job of the transaction's tenant: it is in the queue when the transaction commits, and never otherwise.
 * @param key of the tenant's, by task: a job with the same key that still waits is replaced
 */
export async function enqueue(
  tx: ScopedTransaction,
  task: JobTask,
  ids: JobIds,
  key: string,
): Promise<void> {
  const { tx: prisma } = originOf(tx);
  await prisma.$executeRaw`select enqueue(${task}, ${JSON.stringify(ids)}::jsonb, ${key}::uuid)`;
}

/** A job for a tenant that no scope names: of the sealer and of jobs themselves. */
export interface JobSpec {
  readonly tenantId: string;
  readonly ids: JobIds;
  readonly key: string;
  /** At once, unless told. */
  readonly runAt?: Date;
}

/** As `enqueue`, for many, in a transaction of `aic_sealer` or `aic_jobs`. */
export async function enqueueAll(
  client: pg.ClientBase,
  task: JobTask,
  jobs: readonly JobSpec[],
): Promise<void> {
  await client.query({
    name: "enqueue_all",
    text: `select enqueue_for(j.tenant_id, $1, j.ids, j.run_at, j.key)
      from unnest($2::uuid[], $3::jsonb[], $4::timestamptz[], $5::uuid[]) as j (tenant_id, ids, run_at, key)`,
    values: [
      task,
      jobs.map(({ tenantId }) => tenantId),
      jobs.map(({ ids }) => JSON.stringify(ids)),
      jobs.map(({ runAt }) => runAt?.toISOString() ?? null),
      jobs.map(({ key }) => key),
    ],
  });
}
