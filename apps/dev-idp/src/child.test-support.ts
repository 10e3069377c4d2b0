import { type ChildProcessByStdio, spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { DevIdpConfigFile } from "./config.ts";

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));

/** A dev IdP as a process of its own, as devstack and testkit start it. */
export interface Child {
  readonly process: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly issuer: string;
  readonly ended: Promise<number | null>;
  output(): string;
}

export const CLIENT = {
  clientId: "aic-sos",
  clientSecret: "a-secret-of-the-test-client",
  redirectUris: ["http://localhost:4000/auth/callback"],
  postLogoutRedirectUris: ["http://localhost:4000/"],
};

export const ANA = {
  email: "ana@acme.example",
  name: "Ana O'Neill <admin>",
  password: "correct horse",
  groups: ["acme-admins", "acme-approvers"],
};

/** The configuration of the tests, with its key file in `folder`. */
export function configIn(folder: string): DevIdpConfigFile {
  return {
    port: 0,
    clients: [CLIENT],
    people: [
      ANA,
      { email: "bo@acme.example", name: "Bo", password: "other", emailVerified: false },
    ],
    signingKeysFile: join(folder, "keys", "jwks.json"),
  };
}

/** Starts the child and waits for its ready line. Rejects with what it wrote when it ends before. */
export async function startChild(
  folder: string,
  config: unknown,
  env: NodeJS.ProcessEnv = {},
): Promise<Child> {
  return started([MAIN, await store(folder, config)], env);
}

/** Starts a process that starts the child, and answers with the process in between. */
export async function startChildOfChild(
  folder: string,
  config: unknown,
): Promise<{ parent: Child["process"]; issuer: string }> {
  const options = { stdio: ["pipe", "inherit", "inherit"] };
  const script = `require("node:child_process").spawn(process.execPath, ${JSON.stringify([
    MAIN,
    await store(folder, config),
  ])}, ${JSON.stringify(options)})`;
  const parent = await started(["--eval", script], {});
  return { parent: parent.process, issuer: parent.issuer };
}

async function store(folder: string, config: unknown): Promise<string> {
  const path = join(folder, "dev-idp.json");
  await writeFile(path, JSON.stringify(config));
  return path;
}

async function started(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Child> {
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "pipe"], env });
  let output = "";
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const issuer = await new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (chunk) => {
      output += chunk;
      if (output.includes("\n")) resolve(JSON.parse(output).issuer);
    });
    void ended.then((code) => reject(new Error(`ended with ${code}: ${output}${errors}`)));
  });
  return { process: child, issuer, ended, output: () => output + errors };
}
