import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatPlatformKey } from "@aic-sos/auth/credential";
import { newSecret } from "@aic-sos/auth/secret";
import { roleName } from "@aic-sos/db/bootstrap";
import { createKeyfile } from "@aic-sos/keyring/keyfile";
import { type FreshCells, freshCells } from "@aic-sos/testkit/fresh-cells";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { RegionsFile } from "../src/config.ts";
import { SessionSettings } from "../src/session-settings.ts";
import { TokenSettings } from "../src/token-settings.ts";
import { httpCaller } from "./http-caller.ts";
import { type Replica, startReplica } from "./second-server.ts";

const SERVERS = 8;

let cells: FreshCells;
let folder: string;
let database: string;
beforeAll(async () => {
  cells = await freshCells();
  database = `test_${randomBytes(6).toString("hex")}_empty`;
  const superuser = await cells.superuser(cells.us);
  await superuser.query(`CREATE DATABASE ${database} OWNER ${roleName("owner")}`);
  folder = await mkdtemp(join(tmpdir(), "aic-eight-"));
});
afterAll(async () => {
  const superuser = await cells.superuser(cells.us);
  await superuser.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  await cells.drop();
  await rm(folder, { recursive: true, force: true });
});

async function emptyDeployment(): Promise<RegionsFile> {
  const keyfile = join(folder, "keyfile");
  await createKeyfile(keyfile);
  const urls = Object.entries(cells.us.urls).map(([role, url]) => {
    const empty = new URL(url);
    empty.pathname = `/${database}`;
    return [role, empty.href] as const;
  });
  const nowhere = "http://127.0.0.1:9";
  return {
    publicUrl: "http://localhost:1",
    listen: { host: "127.0.0.1", port: 0, trustedProxies: [] },
    platformKey: formatPlatformKey(newSecret()),
    identity: {
      defaultProvider: {
        name: "Single sign-on",
        issuer: nowhere,
        clientId: "aic-sos",
        clientSecret: "none",
        allowInsecure: true,
      },
    },
    sessions: SessionSettings.parse(undefined),
    tokens: TokenSettings.parse(undefined),
    outbound: { allow: [], dnsServers: [] },
    otherRegions: {},
    platform: {},
    regions: {
      "us-east-1": {
        keyring: { keyfile },
        checkpoints: { directory: join(folder, "checkpoints"), everySeconds: 10 },
        providers: { openai: nowhere, anthropic: nowhere },
        cells: [
          {
            code: 1,
            database: Object.fromEntries(urls) as typeof cells.us.urls,
            poolSize: 4,
          },
        ],
      },
    },
  };
}

it("eight servers started at once on an empty database: one migrates, all become ready and know one platform key", async () => {
  const config = await emptyDeployment();
  const started: Replica[] = [];
  try {
    const all = Array.from({ length: SERVERS }, () => startReplica(config));
    for (const replica of all) started.push(await replica);
    const applied = started.map(
      ({ log }) => log.find(({ msg }) => msg === "database migrated")?.applied ?? -1,
    );
    expect(applied.filter((count) => count > 0)).toHaveLength(1);
    expect(applied.filter((count) => count === 0)).toHaveLength(SERVERS - 1);
    for (const { url } of started) {
      expect((await httpCaller(url).get("/readiness")).status).toBe(200);
      const platform = httpCaller(url, { authorization: `Bearer ${config.platformKey}` });
      expect((await platform.get("/api/me")).status).toBe(200);
    }
  } finally {
    await Promise.all(started.map((replica) => replica.stop()));
  }
}, 120_000);
