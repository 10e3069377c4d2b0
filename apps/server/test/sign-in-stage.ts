import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDevIdp } from "@aic-sos/devstack/dev-idp";
import { signIn } from "@aic-sos/devstack/sign-in";
import { startDnsServer } from "./dns-server.ts";
import { freePort, type Harness, startHarness } from "./harness.ts";
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

/** A provider's metadata that a test can spoil. */
export interface FakeProvider {
  readonly issuer: string;
  answer: (issuer: string) => { status?: number; headers?: Record<string, string>; body: unknown };
}

export function metadataOf(issuer: string): Record<string, unknown> {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    id_token_signing_alg_values_supported: ["RS256"],
    code_challenge_methods_supported: ["S256"],
  };
}

/** A server with two directories, a spoilable provider, and a DNS of the test's own. */
export interface Stage {
  readonly harness: Harness;
  /** The deployment's default provider. */
  readonly standard: Directory;
  readonly partner: Directory;
  readonly fake: FakeProvider;
  /** TXT records by name. */
  readonly txt: Map<string, readonly string[]>;
  /** Logs somebody in the way a browser does. Rejects with where the way ended. */
  enter(path: string, person: { email: string }): Promise<Caller>;
  stop(): Promise<void>;
}

export async function startStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), "aic-sign-in-"));
  const port = await freePort();
  const publicUrl = `http://localhost:${port}`;
  const txt = new Map<string, readonly string[]>();
  const dns = await startDnsServer(({ name, type }) => {
    if (name === "localhost") return type === "A" ? ["127.0.0.1"] : [];
    return type === "TXT" ? txt.get(name) : undefined;
  });
  const standard = await startDirectory(folder, await freePort(), publicUrl);
  const partner = await startDirectory(folder, await freePort(), publicUrl);
  const { fake, close } = await startFake();
  const harness = await startHarness({
    port,
    identity: standard,
    outbound: {
      allow: [standard, partner, fake].map(({ issuer }) => new URL(issuer).host),
      dnsServers: [dns.address],
    },
  });
  return {
    harness,
    standard,
    partner,
    fake,
    txt,
    enter: async (path, { email }) => {
      const cookie = await signIn(`${publicUrl}${path}`, { email, password: PASSWORD });
      return httpCaller(harness.url, { cookie, origin: harness.url });
    },
    stop: async () => {
      await harness.stop();
      await Promise.all([standard.stop(), partner.stop()]);
      dns.close();
      close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startFake(): Promise<{ fake: FakeProvider; close: () => void }> {
  const server = createServer((_, response) => {
    const { status = 200, headers = {}, body } = fake.answer(fake.issuer);
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const fake: FakeProvider = { issuer, answer: (own) => ({ body: metadataOf(own) }) };
  return { fake, close: () => void server.close() };
}
