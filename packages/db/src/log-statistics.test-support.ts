import { growLog } from "./audit-world.test-support.ts";
import type { Place, World } from "./world.test-support.ts";

/** Rows of a table that were read by reading all of it. */
export async function rowsScanned({ superuser }: World, table: string): Promise<number> {
  const { rows } = await superuser.query<{ scanned: string }>(
    "select seq_tup_read as scanned from pg_stat_user_tables where relname = $1",
    [table],
  );
  return Number(rows[0]?.scanned);
}

/** Entries of each index of the log that were read by looking something up in it. */
export async function entriesRead({ superuser }: World): Promise<Readonly<Record<string, number>>> {
  const { rows } = await superuser.query<{ name: string; entries: string }>(
    "select indexrelname as name, idx_tup_read as entries from pg_stat_user_indexes where relname = 'audit_events'",
  );
  return Object.fromEntries(rows.map((row) => [row.name, Number(row.entries)]));
}

/** Backends report what they did once a second at most. */
export async function reported(world: World, place: Place): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await growLog(place, 1);
  await world.superuser.query("select pg_stat_clear_snapshot()");
}
