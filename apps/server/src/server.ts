import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { parsePlatformKey } from "@aic-sos/auth/credential";
import { migrate } from "@aic-sos/db/migrate";
import { selfCheck } from "@aic-sos/db/self-check";
import { CheckpointFiles } from "./checkpoint-files.ts";
import { type Config, configuredCells } from "./config.ts";
import { buildDependencies, type Dependencies } from "./dependencies.ts";
import { answerUnreadable } from "./http/answer-unreadable.ts";
import { createApp } from "./http/app.ts";
import { expireRows } from "./jobs/expire-rows.ts";
import { flushUnauthenticated } from "./jobs/flush-unauthenticated.ts";
import { measureQueue } from "./jobs/measure-queue.ts";
import { noteUses } from "./jobs/note-uses.ts";
import { rotateSigningKeys } from "./jobs/rotate-signing-keys.ts";
import { reloadCertificate } from "./jobs/reload-certificate.ts";
import { requeueDeliveries } from "./jobs/requeue-deliveries.ts";
import type { RepeatedJob } from "./jobs/run-every.ts";
import { sealAudit } from "./jobs/seal-audit.ts";
import { signCheckpoints } from "./jobs/sign-checkpoints.ts";
import { workQueue } from "./jobs/work-queue.ts";
import type { Log } from "./log.ts";
import { createMtlsServer, type MtlsServer } from "./mtls-server.ts";
import { installPlatformKey } from "./platform-administrator.ts";

/** A server that listens and is ready. */
export interface RunningServer {
  readonly port: number;
  /** Where client certificates are asked for, when it is configured. */
  readonly mtlsPort: number | undefined;
  /** Reads the files of that port's own certificate now, not at the next look. */
  reloadCertificate(): Promise<void>;
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
  const listening: Server[] = [];
  const platformSecret = parsePlatformKey(config.platformKey ?? "")?.secret;
  try {
    for (const { code, region, urls } of configuredCells(config)) {
      await selfCheck({ code, region, urls });
    }
    await installPlatformKey(deps, platformSecret);
    for (const cell of deps.cells) {
      await deps.signingKeys.rotate(cell.code);
    }
    const checkpoints = await openCheckpoints(config);
    const app = createApp(deps);
    const mtls = await openMtls(config, app, deps);
    if (mtls) listening.push(mtls.server);
    const server = await listen(createServer({ requireHostHeader: false }, app), config.listen);
    const jobs = startJobs(deps, checkpoints, mtls);
    return {
      port: portOf(server),
      mtlsPort: mtls && portOf(mtls.server),
      reloadCertificate: async () => mtls?.reload(),
      stop: () => stop([server, ...(mtls ? [mtls.server] : [])], jobs, deps),
    };
  } catch (error) {
    for (const server of listening) server.close();
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
  mtls: MtlsServer | undefined,
): RepeatedJob[] {
  return [
    ...(mtls ? [reloadCertificate(deps, mtls)] : []),
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
        rotateSigningKeys(deps, cell),
        ...(pace ? [signCheckpoints(deps, cell, pace)] : []),
      ];
    }),
  ];
}

/** The port of client certificates, where the configuration has one. */
async function openMtls(
  { mtls }: Config,
  app: RequestListener,
  deps: Dependencies,
): Promise<MtlsServer | undefined> {
  const { port, certificateFile, keyFile, host } = mtls ?? {};
  if (port === undefined || certificateFile === undefined || keyFile === undefined)
    return undefined;
  const opened = await createMtlsServer({ certificateFile, keyFile }, app, deps);
  await listen(opened.server, { port, host });
  return opened;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function listen<S extends Server>(
  server: S,
  { port, host }: { port: number; host: string | undefined },
): Promise<S> {
  // Longer than the usual idle limit of a proxy, which would otherwise send into a connection that is closing.
  server.keepAliveTimeout = 65_000;
  server.requestTimeout = 30_000;
  answerUnreadable(server);
  // An expectation that is not known may be passed over (RFC 9110 §10.1.1); Node would answer it with an empty body.
  server.on("checkExpectation", (req, res) => server.emit("request", req, res));
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve(server));
  });
}

async function stop(
  servers: readonly Server[],
  jobs: readonly RepeatedJob[],
  deps: Dependencies,
): Promise<void> {
  const closed = servers.map(
    (server) => new Promise<void>((resolve) => server.close(() => resolve())),
  );
  for (const server of servers) server.closeIdleConnections();
  const deadline = setTimeout(() => {
    for (const server of servers) server.closeAllConnections();
  }, DRAIN_MS);
  await Promise.all(closed);
  clearTimeout(deadline);
  await Promise.all(jobs.map((job) => job.stop()));
  await deps.close();
}
