import {
  type Config,
  ConfigError,
  type Environment,
  readEnvironment,
  readRegionsFile,
} from "./config.ts";
import { createLog, flushLog, type Log } from "./log.ts";
import { type RunningServer, startServer } from "./server.ts";

const VERSION = "0.1.0";

/** Configuration → dependencies → application → listen → drain. */
async function main(): Promise<void> {
  const environment = readEnvironment();
  const log = createLog(environment.logLevel);
  if (environment.configFile === undefined) return runDevelopment(environment, log);
  const config: Config = {
    ...(await readRegionsFile(environment.configFile)),
    demoPeople: [],
    version: VERSION,
  };
  const server = await startServer(config, log);
  log.info(
    { port: server.port, mtlsPort: server.mtlsPort, regions: Object.keys(config.regions) },
    "ready",
  );
  onSignal(log, () => server.stop());
  process.on("SIGHUP", () => void server.reloadCertificate());
}

/** Without a configuration: embedded databases, a development identity provider and demo data. */
async function runDevelopment(environment: Environment, log: Log): Promise<void> {
  const { startDevstack } = await import("@aic-sos/devstack/devstack");
  const devstack = await startDevstack({
    dataDir: environment.dataDir,
    port: environment.port ?? 4000,
    log: (line) => process.stdout.write(`${line}\n`),
  });
  let server: RunningServer | undefined;
  onSignal(log, async () => {
    await server?.stop();
    await devstack.stop();
  });
  try {
    const config = {
      ...(await readRegionsFile(devstack.configFile)),
      demoPeople: devstack.people,
      version: VERSION,
    };
    server = await startServer(config, log);
    await devstack.seed(config.publicUrl);
    process.stdout.write(`${devstack.summary().join("\n")}\n`);
  } catch (error) {
    await server?.stop();
    await devstack.stop();
    throw error;
  }
}

function onSignal(log: Log, stop: () => Promise<void>): void {
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void stop()
        .then(
          () => 0,
          () => 1,
        )
        .then(async (code) => {
          await flushLog(log);
          process.exit(code);
        });
    });
  }
}

/** Errors that say by themselves what to mend. */
const SENTENCES: ReadonlySet<string> = new Set([
  "SelfCheckFailed",
  "MigrationRefused",
  "DevstackError",
  "CertificateUnusable",
]);

try {
  await main();
} catch (error) {
  // Before the log can say anything useful: a sentence on stderr, with the stack only for what nobody foresaw.
  const expected =
    error instanceof ConfigError || (error instanceof Error && SENTENCES.has(error.name));
  process.stderr.write(
    `${expected ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = 1;
}
