import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { parsePlatformKey } from "@aic-sos/auth/credential";
import { migrate } from "@aic-sos/db/migrate";
import { selfCheck } from "@aic-sos/db/self-check";
import { CheckpointFiles } from "./checkpoint-files.ts";
import { type Config, configuredCells } from "./config.ts";
import { buildDependencies, type Dependencies } from "./dependencies.ts";
import { createApp } from "./http/app.ts";
import { expireRows } from "./jobs/expire-rows.ts";
import { flushUnauthenticated } from "./jobs/flush-unauthenticated.ts";
import { measureQueue } from "./jobs/measure-queue.ts";
import { noteUses } from "./jobs/note-uses.ts";
import { requeueDeliveries } from "./jobs/requeue-deliveries.ts";
import type { RepeatedJob } from "./jobs/run-every.ts";
import { sealAudit } from "./jobs/seal-audit.ts";
import { signCheckpoints } from "./jobs/sign-checkpoints.ts";
import { workQueue } from "./jobs/work-queue.ts";
import type { Log } from "./log.ts";
import { installPlatformKey } from "./platform-administrator.ts";

/** A server that listens and is ready. */
export interface RunningServer {
  readonly port: number;
  /** Stops accepting, lets requests end (10 s at most), then closes pools. */
  stop(): Promise<void>;
}

/** How long a stop waits for requests that are under way, in milliseconds. */
const DRAIN_MS = 10_000;

/** Migrates and checks every database, then listens. Throws before it listens when something does not fit. */
export async function startServer(config: Config, log: Log): Promise<RunningServer> {
  for (const { code, region, urls } of configuredCells(config)) {
    const { applied } = await migrate(urls.owner, { code, region });
    log.info({ region, cell: code, applied: applied.length }, "database migrated");
  }
  const deps = await buildDependencies(config, log);
  const platformSecret = parsePlatformKey(config.platformKey ?? "")?.secret;
  try {
    for (const { code, region, urls } of configuredCells(config)) {
      await selfCheck({ code, region, urls });
    }
    for (const cell of deps.cells) {
      await installPlatformKey(cell.code, platformSecret, deps.keyringOf(cell.code));
    }
    const checkpoints = await openCheckpoints(config);
    const server = await listen(config, deps);
    const jobs = startJobs(deps, checkpoints);
    return { port: (server.address() as AddressInfo).port, stop: () => stop(server, jobs, deps) };
  } catch (error) {
    await deps.close();
    throw error;
  }
}

interface CheckpointPace {
  readonly exported: CheckpointFiles;
  readonly seconds: number;
}

/** By region. Throws when a directory cannot be written: evidence that nobody keeps is none. */
async function openCheckpoints(config: Config): Promise<ReadonlyMap<string, CheckpointPace>> {
  const regions = new Map<string, CheckpointPace>();
  for (const [region, { checkpoints }] of Object.entries(config.regions)) {
    const exported = await CheckpointFiles.openIn(checkpoints.directory);
    regions.set(region, { exported, seconds: checkpoints.everySeconds });
  }
  return regions;
}

function startJobs(
  deps: Dependencies,
  checkpoints: ReadonlyMap<string, CheckpointPace>,
): RepeatedJob[] {
  return [
    flushUnauthenticated(deps),
    noteUses(deps),
    ...deps.cells.flatMap((cell) => {
      const pace = checkpoints.get(cell.region);
      return [
        sealAudit(deps, cell),
        expireRows(deps, cell),
        workQueue(deps, cell),
        requeueDeliveries(deps, cell),
        measureQueue(deps, cell),
        ...(pace ? [signCheckpoints(deps, cell, pace)] : []),
      ];
    }),
  ];
}

function listen(config: Config, deps: Dependencies): Promise<Server> {
  const server = createServer(createApp(deps));
  // Longer than the usual idle limit of a proxy, which would otherwise send into a connection that is closing.
  server.keepAliveTimeout = 65_000;
  server.requestTimeout = 30_000;
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(config.listen.port, config.listen.host, () => resolve(server));
  });
}

async function stop(
  server: Server,
  jobs: readonly RepeatedJob[],
  deps: Dependencies,
): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const deadline = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearTimeout(deadline);
  await Promise.all(jobs.map((job) => job.stop()));
  await deps.close();
}
