import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDevIdp } from "@aic-sos/devstack/dev-idp";
import { freePort } from "@aic-sos/devstack/free-port";
import { signIn } from "@aic-sos/devstack/sign-in";
import { type Harness, startHarness } from "./harness.ts";
import { type Caller, httpCaller } from "./http-caller.ts";

/** Somebody in a directory. */
export interface DirectoryPerson {
  readonly name: string;
  readonly email: string;
  readonly groups: readonly string[];
}

/** A development provider whose people change between two logins, as a directory's do. */
export interface Directory {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Replaces the people: the provider starts again, with the same subjects and keys. */
  setPeople(people: readonly DirectoryPerson[]): Promise<void>;
  stop(): Promise<void>;
}

const PASSWORD = "a password of the test";

async function startDirectory(folder: string, port: number, publicUrl: string): Promise<Directory> {
  const dataDir = await mkdtemp(join(folder, "idp-"));
  const client = { clientId: "aic-sos", clientSecret: `secret-of-the-client-at-${port}` };
  const start = (people: readonly DirectoryPerson[]) =>
    startDevIdp({
      dataDir,
      port,
      publicUrl,
      ...client,
      people: people.map((person) => ({ ...person, password: PASSWORD })),
    });
  const nobody = { name: "Nobody", email: "nobody@nowhere.test", groups: [] };
  let running = await start([nobody]);
  return {
    issuer: running.issuer,
    ...client,
    setPeople: async (people) => {
      await running.stop();
      running = await start(people);
    },
    stop: () => running.stop(),
  };
}

/** A server with two directories, in and out of the company. */
export interface Stage {
  readonly harness: Harness;
  /** The deployment's default provider. */
  readonly standard: Directory;
  readonly partner: Directory;
  /** Everybody's in both directories. */
  readonly password: string;
  /** Logs somebody in the way a browser does. Rejects with where the way ended. */
  enter(path: string, person: { email: string }): Promise<Caller>;
  stop(): Promise<void>;
}

export async function startStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), "aic-sign-in-"));
  const port = await freePort();
  const publicUrl = `http://localhost:${port}`;
  const standard = await startDirectory(folder, await freePort(), publicUrl);
  const partner = await startDirectory(folder, await freePort(), publicUrl);
  const harness = await startHarness({
    port,
    identity: standard,
    allow: [standard, partner].map(({ issuer }) => new URL(issuer).host),
    otherRegions: { "ap-southeast-1": "https://ap.example.test" },
  });
  return {
    harness,
    standard,
    partner,
    password: PASSWORD,
    enter: async (path, { email }) => {
      const cookie = await signIn(`${publicUrl}${path}`, { email, password: PASSWORD });
      return httpCaller(harness.url, { cookie, origin: harness.url });
    },
    stop: async () => {
      await harness.stop();
      await Promise.all([standard.stop(), partner.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
