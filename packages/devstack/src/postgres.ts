import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { freePort } from "./free-port.ts";
import { type PostgresBinaries, postgresBinaries } from "./postgres-binaries.ts";
import { clearStaleLock, lockHolder } from "./postgres-lock.ts";
import { handOver, postgresUser, type RunAs } from "./postgres-user.ts";
import { watchOver } from "./postgres-watchdog.ts";

export interface PostgresOptions {
  /** Holds the cluster, the superuser's password and the log. Made when it is missing, reused when it is there. */
  readonly dataDir: string;
  /** 0 or nothing: a free one. */
  readonly port?: number;
  /** Server settings, such as `{ max_connections: "50" }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Tests only: never waits for the disk. Survives a kill of the processes, not of the machine. */
  readonly unsafe?: boolean;
}

export interface RunningPostgres {
  readonly port: number;
  readonly pid: number;
  /** Connection URL of the superuser; the database is `postgres` unless named. */
  superuserUrl(database?: string): string;
  /** Ends it: connections are cut, the disk is in order. Harmless when it has ended. */
  stop(): Promise<void>;
  /** As a power cut would: SIGKILL, and nobody is asked. */
  kill9(): Promise<void>;
}

interface Place {
  readonly root: string;
  readonly cluster: string;
  readonly log: string;
  readonly passwordFile: string;
}

const UNSAFE = {
  fsync: "off",
  full_page_writes: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
};
const START_TIMEOUT_MS = 60_000;

/**
 * Starts a real PostgreSQL as a child of this process, on 127.0.0.1 only, with a password. It does not outlive us.
 * @throws with the end of Postgres' own log when it does not come up
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const binaries = postgresBinaries();
  const place = placeOf(options.dataDir);
  const runAs = postgresUser();
  mkdirSync(place.root, { recursive: true, mode: 0o700 });
  handOver(place.root, runAs);
  const password = existsSync(place.cluster)
    ? readFileSync(place.passwordFile, "utf8").trim()
    : await initialise(binaries, place, runAs, options.unsafe === true);
  await clearStaleLock(place.cluster);
  const port = options.port || (await freePort());
  const settings = { ...(options.unsafe ? UNSAFE : {}), ...options.settings };
  const child = launch(binaries, place, runAs, { port, settings });
  const ended = new Promise<void>((done) => child.once("close", () => done()));
  const pid = child.pid;
  if (pid !== undefined) void ended.then(watchOver(pid));
  await untilReady(child, place);
  return {
    port,
    pid: pid ?? 0,
    superuserUrl: (database = "postgres") =>
      `postgresql://postgres:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`,
    stop: () => end(child, ended, "SIGINT"),
    kill9: () => end(child, ended, "SIGKILL"),
  };
}

function placeOf(dataDir: string): Place {
  const root = resolve(dataDir);
  return {
    root,
    cluster: join(root, "cluster"),
    log: join(root, "postgres.log"),
    passwordFile: join(root, "superuser-password"),
  };
}

/** Makes the cluster beside its place and moves it there at the end, so that an interrupted one is made again. */
async function initialise(binaries: PostgresBinaries, place: Place, runAs: RunAs, unsafe: boolean) {
  const password = randomBytes(24).toString("base64url");
  const unfinished = `${place.cluster}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  writeFileSync(place.passwordFile, password, { mode: 0o600 });
  chmodSync(place.passwordFile, 0o600);
  handOver(place.passwordFile, runAs);
  const [program = "", ...args] = [
    ...runAs.prefix,
    binaries.initdb,
    `--pgdata=${unfinished}`,
    `--pwfile=${place.passwordFile}`,
    "--username=postgres",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--no-instructions",
    ...(unsafe ? ["--no-sync"] : []),
  ];
  await promisify(execFile)(program, args, {
    cwd: place.root,
    env: environment(),
    uid: runAs.uid,
    gid: runAs.gid,
  });
  renameSync(unfinished, place.cluster);
  return password;
}

function launch(
  binaries: PostgresBinaries,
  place: Place,
  runAs: RunAs,
  options: { port: number; settings: Readonly<Record<string, string>> },
): ChildProcess {
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "200",
    timezone: "UTC",
    ...options.settings,
    port: String(options.port),
  };
  const [program = "", ...args] = [
    ...runAs.prefix,
    binaries.postgres,
    "-D",
    place.cluster,
    ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ];
  const log = openSync(place.log, "a", 0o600);
  try {
    // A session of its own: Ctrl-C in the terminal reaches us alone, so that we can drain before the database goes.
    return spawn(program, args, {
      cwd: place.root,
      env: environment(),
      stdio: ["ignore", log, log],
      detached: true,
      uid: runAs.uid,
      gid: runAs.gid,
    });
  } finally {
    closeSync(log);
  }
}

/** Nothing of ours that Postgres has no use for: no secrets of the environment, no PG* variables. */
function environment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot } = process.env;
  return { PATH, LC_ALL: "C", ...(SystemRoot ? { SystemRoot } : {}) };
}

async function untilReady(child: ChildProcess, place: Place): Promise<void> {
  let failure: string | undefined;
  child.once("error", (error) => (failure = error.message));
  child.once("exit", (code, signal) => (failure = `it ended with ${signal ?? code}`));
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (failure === undefined) {
    const holder = lockHolder(place.cluster);
    if (holder?.ready && holder.pid === child.pid) return;
    if (Date.now() > deadline) {
      child.kill("SIGKILL");
      failure = `it was not ready within ${START_TIMEOUT_MS / 1000} s`;
    }
    await sleep(10);
  }
  throw new Error(
    `embedded Postgres did not start: ${failure}. The end of ${place.log}:\n${tail(place.log)}`,
  );
}

function tail(file: string): string {
  return existsSync(file)
    ? readFileSync(file, "utf8").split("\n").slice(-15).join("\n")
    : "(no log)";
}

async function end(child: ChildProcess, ended: Promise<void>, signal: "SIGINT" | "SIGKILL") {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  await ended;
}
