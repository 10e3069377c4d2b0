import { Logger, runMigrations } from "graphile-worker";
import pg from "pg";

/** The schema of the job queue's own tables, as its documentation calls it. */
export const QUEUE_SCHEMA = "graphile_worker";

/**
 * `aic_jobs` alone works the queue: the library's tables have row-level security on and no policy at all. Others add jobs
 * by `enqueue`. Doing it again changes nothing.
 */
const GRANTS = `
  GRANT USAGE ON SCHEMA ${QUEUE_SCHEMA} TO aic_jobs;
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${QUEUE_SCHEMA} TO aic_jobs;
  GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${QUEUE_SCHEMA} TO aic_jobs;
  DO $$
  DECLARE
    v_table regclass;
  BEGIN
    FOR v_table IN
      SELECT c.oid FROM pg_class AS c
      WHERE c.relnamespace = '${QUEUE_SCHEMA}'::regnamespace AND c.relkind = 'r' AND c.relrowsecurity
        AND NOT EXISTS (SELECT FROM pg_policy AS p WHERE p.polrelid = c.oid AND p.polname = 'jobs_work')
    LOOP
      EXECUTE format('CREATE POLICY jobs_work ON %s TO aic_jobs USING (true)', v_table);
    END LOOP;
  END
  $$`;

/**
 * Brings the queue's tables to the version of its library, whose own migrations they are, each in a transaction of its own.
 * @param ownerUrl as `aic_owner`; the caller holds the migration lock
 */
export async function migrateQueue(ownerUrl: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 1, application_name: "aic-migrate" });
  // The library looks for both; a connection that fails makes the statement fail.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  try {
    await runMigrations({ pgPool: pool, schema: QUEUE_SCHEMA, logger: SILENT });
    await pool.query(GRANTS);
  } finally {
    await pool.end();
  }
}

const SILENT = new Logger(() => () => undefined);
