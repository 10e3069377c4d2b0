import { setTimeout as sleep } from "node:timers/promises";
import { Logger, type Runner, run } from "graphile-worker";
import { cellByCode } from "./cells.ts";
import type { JobIds, JobTask } from "./enqueue.ts";
import { toDbError } from "./driver-errors.ts";
import { QUEUE_SCHEMA } from "./queue-schema.ts";

/** A job's ids, with the tenant's that `enqueue` stamped on them. */
export type Job = JobIds & { readonly tenantId: string };

/** What each task does. One that throws is tried again, later each time, 25 times. */
export type JobHandlers = Readonly<Record<JobTask, (job: Job) => Promise<void>>>;

export interface QueueWatch {
  /** After each turn of a job. */
  ended(task: string, outcome: "done" | "failed"): void;
  /** The queue itself cannot work: it goes on trying. */
  troubled(error: unknown): void;
}

/** A cell's queue at work in this process. */
export interface RunningQueue {
  /** Takes no more jobs, and resolves when those under way have ended. */
  stop(): Promise<void>;
}

/** Jobs at once in one process and cell. They wait for somebody else's server most of their time. */
const CONCURRENCY = 16;
/** How often jobs whose time has come are looked for, in milliseconds; new ones announce themselves. */
const POLL_MS = 1_000;
/** How long jobs may end in peace when the process stops, in milliseconds. */
const DRAIN_MS = 12_000;
const RESTART_MS = 2_000;

/**
 * Works a cell's queue as role `aic_jobs`, in every process that calls this: each job goes to one of them. A database
 * that goes away is waited for.
 */
export function startQueue(cell: number, handlers: JobHandlers, watch: QueueWatch): RunningQueue {
  const pool = cellByCode(cell).queue;
  const stopping = new AbortController();
  let runner: Runner | undefined;
  const taskList = Object.fromEntries(
    Object.entries(handlers).map(([task, handle]) => [
      task,
      (payload: unknown) => handle(payload as Job),
    ]),
  );
  const turn = async () => {
    runner = await run({
      pgPool: pool,
      schema: QUEUE_SCHEMA,
      taskList,
      concurrency: CONCURRENCY,
      pollInterval: POLL_MS,
      gracefulShutdownAbortTimeout: DRAIN_MS,
      noHandleSignals: true,
      logger: SILENT,
      preset: BATCHED,
    });
    runner.events.on("job:success", ({ job }) => watch.ended(job.task_identifier, "done"));
    runner.events.on("job:error", ({ job, error }) => {
      watch.ended(job.task_identifier, "failed");
      watch.troubled(error);
    });
    if (stopping.signal.aborted) await runner.stop();
    else await runner.promise;
  };
  const loop = async () => {
    while (!stopping.signal.aborted) {
      await turn().catch((error: unknown) => watch.troubled(error));
      await sleep(RESTART_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const ended = loop();
  return {
    stop: async () => {
      stopping.abort();
      // One that has stopped by itself says so by an error, which changes nothing here.
      const stopped = runner?.stop().catch(() => undefined);
      // Without its database it would go on trying for minutes.
      await Promise.race([Promise.all([stopped, ended]), sleep(DRAIN_MS + RESTART_MS)]);
    },
  };
}

/**
 * Ends of jobs are noted at once, but by the library's batching: without it, one that cannot be noted is a rejection that
 * nobody handles, which ends the process; with it, the queue stops and is started again (both seen with 0.18.0).
 */
const BATCHED = { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } };

/** What `watch` is not told is of no use in a log of ours. */
const SILENT = new Logger(() => () => undefined);

/** How much lies in a queue. */
export interface QueueDepth {
  /** Jobs that wait for their turn or their time; 10,000 stands for more. */
  readonly waiting: number;
  /** Jobs that were given up. */
  readonly failed: number;
}

/** Counts what lies in a cell's queue. Throws CellUnavailable */
export async function queueDepth(cell: number): Promise<QueueDepth> {
  try {
    const { rows } = await cellByCode(cell).jobs.query<{ waiting: string; failed: string }>(
      `select count(*) filter (where attempts < max_attempts) as waiting,
          count(*) filter (where attempts >= max_attempts) as failed
        from (select attempts, max_attempts from ${QUEUE_SCHEMA}.jobs limit 10000) as j`,
    );
    return { waiting: Number(rows[0]?.waiting ?? 0), failed: Number(rows[0]?.failed ?? 0) };
  } catch (error) {
    throw toDbError(error);
  }
}
