import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { DevstackError } from "./devstack-error.ts";
import { writePrivate } from "./private-file.ts";

export interface DevIdpOptions {
  readonly dataDir: string;
  readonly port: number;
  /** How browsers reach the server that signs people in. */
  readonly publicUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly people: readonly {
    readonly name: string;
    readonly email: string;
    readonly password: string;
    /** For the login page, in words. */
    readonly about?: string;
    readonly groups: readonly string[];
  }[];
}

export interface RunningDevIdp {
  readonly issuer: string;
  readonly pid: number;
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL("../../../apps/dev-idp/src/main.ts", import.meta.url));
const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 5_000;

/**
 * Starts the development identity provider as a child process. Its standard input is a pipe that
 * only we hold: when we end, however we end, it ends too.
 * @throws {DevstackError} with what it said, when it does not come up
 */
export async function startDevIdp(options: DevIdpOptions): Promise<RunningDevIdp> {
  const issuer = `http://localhost:${options.port}`;
  const file = join(options.dataDir, "dev-idp.json");
  await writePrivate(file, `${JSON.stringify(configOf(options, issuer), undefined, 2)}\n`);
  // A session of its own: Ctrl-C in the terminal reaches us alone, and we stop our parts in their
  // order.
  const child = spawn(process.execPath, [MAIN, file], {
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
  });
  child.stdin.on("error", () => {});
  await untilReady(child);
  return { issuer, pid: child.pid ?? 0, stop: () => stop(child) };
}

function configOf(options: DevIdpOptions, issuer: string) {
  return {
    port: options.port,
    issuer,
    clients: [
      {
        clientId: options.clientId,
        clientSecret: options.clientSecret,
        redirectUris: [
          `${options.publicUrl}/auth/callback`,
          `${options.publicUrl}/auth/platform/callback`,
        ],
        postLogoutRedirectUris: [`${options.publicUrl}/`, `${options.publicUrl}/login`],
        backchannelLogoutUri: `${options.publicUrl}/auth/backchannel-logout`,
      },
    ],
    people: options.people,
    signingKeysFile: join(options.dataDir, "dev-idp-signing-keys.json"),
  };
}

/** It prints one line of JSON once it listens. What it writes to standard error goes on to ours. */
function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const complaints: string[] = [];
    const fail = (why: string): void => {
      clearTimeout(timer);
      child.kill("SIGKILL");
      reject(
        new DevstackError(
          `The development identity provider did not start: ${[why, ...complaints].join("\n")}`,
        ),
      );
    };
    const timer = setTimeout(
      () => fail(`not ready within ${START_TIMEOUT_MS / 1000} s`),
      START_TIMEOUT_MS,
    );
    const exited = (code: number | null, signal: string | null): void =>
      fail(`it ended with ${signal ?? code}`);
    child.once("error", (error) => fail(error.message));
    child.once("exit", exited);
    if (child.stderr) {
      createInterface({ input: child.stderr }).on("line", (line) => {
        if (complaints.push(line) > 20) complaints.shift();
        process.stderr.write(`dev-idp: ${line}\n`);
      });
    }
    if (child.stdout) {
      createInterface({ input: child.stdout }).on("line", (line) => {
        if (!line.includes('"ready":true')) return;
        clearTimeout(timer);
        child.off("exit", exited);
        resolve();
      });
    }
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const impatience = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
  child.kill("SIGTERM");
  await ended;
  clearTimeout(impatience);
}
