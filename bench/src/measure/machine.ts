import { cpus, loadavg, release, totalmem, type } from "node:os";
import pg from "pg";

/** What the numbers depend on, in one line each. */
export async function machineFacts(
  databaseUrl: string,
  pinnedToCores: boolean,
): Promise<readonly string[]> {
  const [cpu] = cpus();
  const db = new pg.Client({ connectionString: databaseUrl });
  await db.connect();
  const { rows } = await db.query<{ name: string; setting: string }>(
    "select name, setting from pg_settings where name in ('server_version', 'fsync', 'synchronous_commit') order by name",
  );
  await db.end();
  const settings = rows.map(({ name, setting }) => `${name} ${setting}`).join(", ");
  return [
    `${cpus().length} × ${cpu?.model.trim() ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GB, ${type()} ${release()}`,
    `Node ${process.versions.node}; PostgreSQL: ${settings}`,
    `load average ${loadavg()[0]?.toFixed(2) ?? "?"} at the start; ${pinnedToCores ? "the server on one core, load and database on another" : "not pinned to cores"}`,
  ];
}
