import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { type RunningPostgres, startPostgres } from "@aic-sos/devstack/postgres";

export interface OwnPostgres {
  readonly dataDir: string;
  /** The running server; another one after `restart`. */
  readonly server: RunningPostgres;
  /** Starts it again on the same data and port, after `server.stop()` or `server.kill9()`. */
  restart(): Promise<RunningPostgres>;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

/**
 * A Postgres server of a test's own (about a second), for tests that change roles, which belong to the whole server, or that kill
 * it. All others share one: `freshCells`.
 */
export async function ownPostgres(): Promise<OwnPostgres> {
  const name = `test-${process.pid}-${randomBytes(4).toString("hex")}`;
  const dataDir = join(import.meta.dirname, "../../../.data", name);
  let server = await startPostgres({ dataDir, unsafe: true });
  return {
    dataDir,
    get server() {
      return server;
    },
    async restart() {
      server = await startPostgres({ dataDir, port: server.port, unsafe: true });
      return server;
    },
    async remove() {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
