import { execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { type Devstack, startDevstack } from "./devstack.ts";

const MODULE = fileURLToPath(new URL("./devstack.ts", import.meta.url));
const log = (): void => {};
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "aic-devstack-"));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

/** Command lines of living processes that work in the data directory; zombies have none. */
function processes(): string[] {
  return commandLines().filter((line) => line.includes(dataDir));
}

function commandLines(): string[] {
  if (!existsSync("/proc/self/cmdline")) {
    return execFileSync("ps", ["-eo", "args="], { encoding: "utf8" }).split("\n");
  }
  return readdirSync("/proc").flatMap((pid) => {
    try {
      return [readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")];
    } catch {
      return []; // no process, or one that has ended meanwhile
    }
  });
}

async function untilNoProcess(): Promise<string[]> {
  for (let attempt = 0; attempt < 100 && processes().length > 0; attempt += 1) await sleep(100);
  return processes();
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

async function devFile(): Promise<{
  platformKey: string;
  databases: Record<string, Record<string, string>>;
  identityProvider: string;
  providers: { url: string; keys: Record<string, string> };
  people: { email: string; password: string }[];
}> {
  return JSON.parse(await readFile(join(dataDir, "dev.json"), "utf8"));
}

describe("a running devstack", () => {
  let devstack: Devstack;
  beforeAll(async () => {
    devstack = await startDevstack({ dataDir, port: 0, log });
  });
  afterAll(() => devstack.stop());

  it("has one database per region, and a role for each purpose that is not a superuser", async () => {
    const { databases } = await devFile();
    expect(Object.keys(databases)).toEqual(["us-east-1", "eu-west-1"]);
    expect(databases["us-east-1"]?.["name"]).toBe("control_plane_us_east_1");
    for (const role of ["owner", "app", "audit", "sealer", "jobs"]) {
      const url = databases["eu-west-1"]?.[role] ?? "";
      const text = `select current_database() as database, current_user as role, rolsuper or rolbypassrls as mighty
                      from pg_roles where rolname = current_user`;
      expect(await query(url, text)).toEqual([
        { database: "control_plane_eu_west_1", role: `aic_${role}`, mighty: false },
      ]);
    }
  });

  it("writes a regions.yaml with both regions, each with its own keyfile and databases", async () => {
    const config = parse(await readFile(devstack.configFile, "utf8"));
    expect(config.publicUrl).toBe(devstack.url);
    expect(config.listen).toEqual({ host: "127.0.0.1", port: devstack.port });
    const { "us-east-1": us, "eu-west-1": eu } = config.regions;
    expect([us.cells[0].code, eu.cells[0].code]).toEqual([1, 2]);
    expect(us.keyring.keyfile).not.toBe(eu.keyring.keyfile);
    expect(us.cells[0].database.app).not.toBe(eu.cells[0].database.app);
  });

  it("runs an OpenID provider with the issuer of the configuration", async () => {
    const { identityProvider } = await devFile();
    const answer = await fetch(`${identityProvider}/.well-known/openid-configuration`);
    expect(await answer.json()).toMatchObject({ issuer: `http://localhost:${devstack.port + 1}` });
  });

  it("runs a stand-in that accepts the keys of dev.json and no other", async () => {
    const { providers } = await devFile();
    const models = (key: string) =>
      fetch(`${providers.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } });
    expect((await models(providers.keys["openai"] ?? "")).status).toBe(200);
    expect((await models("sk-another-key")).status).toBe(401);
  });

  it("has somebody for each role in each tenant", () => {
    const roles = ["WorkspaceAdmin", "Operator", "Approver", "Auditor", "IntegrationAdmin"];
    for (const tenant of ["Acme", "Globex"]) {
      const inTenant = devstack.people.filter((person) => person.tenant === tenant);
      expect(new Set(inTenant.map(({ role }) => role))).toEqual(new Set(roles));
    }
  });

  it("keeps what holds a secret readable by its owner only", async () => {
    const files = [
      "dev.json",
      "secrets.json",
      "regions.yaml",
      "dev-idp.json",
      "keyfiles/us-east-1.json",
    ];
    for (const file of files) {
      expect([file, (await stat(join(dataDir, file))).mode & 0o777]).toEqual([file, 0o600]);
    }
  });

  it("prints where things are and who one can be", () => {
    const text = devstack.summary().join("\n");
    expect(text).toContain(devstack.url);
    expect(text).toContain(devstack.platformKey);
    expect(text).toMatch(
      /dana\.whitfield@acme\.example +\S+ +Acme +us-east-1 +\(all\) +WorkspaceAdmin/,
    );
  });
});

// Each starts a database and a provider once or twice, and a lock is waited for.
describe("starting and stopping", { timeout: 60_000 }, () => {
  let open: Devstack | undefined;
  afterEach(async () => {
    vi.unstubAllEnvs();
    await open?.stop();
  });

  it("a second start reuses databases, keys and people, and a stop leaves no process", async () => {
    const first = await startDevstack({ dataDir, port: 0, log });
    open = first;
    const before = await devFile();
    await query(
      before.databases["us-east-1"]?.["superuser"] ?? "",
      "create table kept as select 7 as n",
    );
    expect(processes()).not.toEqual([]);
    await first.stop();
    expect(processes()).toEqual([]);

    open = await startDevstack({ dataDir, port: first.port, log });
    const after = await devFile();
    expect(after.platformKey).toBe(before.platformKey);
    expect(after.people).toEqual(before.people);
    expect(after.identityProvider).toBe(before.identityProvider);
    const kept = await query(
      after.databases["us-east-1"]?.["superuser"] ?? "",
      "select n from kept",
    );
    expect(kept).toEqual([{ n: 7 }]);
  });

  it("people keep their identities when the port changes and with it the issuer", async () => {
    open = await startDevstack({ dataDir, port: 0, log });
    const before = await devFile();
    const make = `create table identities as select '${before.identityProvider}' as issuer`;
    await query(before.databases["eu-west-1"]?.["superuser"] ?? "", make);
    await open.stop();
    open = await startDevstack({ dataDir, port: 0, log });
    const after = await devFile();
    expect(after.identityProvider).not.toBe(before.identityProvider);
    const rows = await query(
      after.databases["eu-west-1"]?.["superuser"] ?? "",
      "select issuer from identities",
    );
    expect(rows).toEqual([{ issuer: after.identityProvider }]);
  });

  it("a killed parent leaves no process", async () => {
    const script = `
      const { startDevstack } = await import(${JSON.stringify(MODULE)});
      await startDevstack({ dataDir: ${JSON.stringify(dataDir)}, port: 0, log: () => {} });
      console.log("started");`;
    const parent = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const said = await new Promise<string>((resolve) =>
      parent.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString())),
    );
    expect(said).toContain("started");
    const parts = processes().filter((line) => !line.includes("--input-type"));
    expect(parts.some((line) => line.includes("cluster"))).toBe(true);
    expect(parts.some((line) => line.includes("dev-idp"))).toBe(true);
    parent.kill("SIGKILL");
    expect(await untilNoProcess()).toEqual([]);
  });

  it("says that another start uses the data directory, and leaves that one alone", async () => {
    open = await startDevstack({ dataDir, port: 0, log });
    const before = await devFile();
    const second = startDevstack({ dataDir, port: 0, log });
    await expect(second).rejects.toThrow(/in use by the Postgres with pid \d+.*AIC_DATA_DIR/);
    const url = before.databases["us-east-1"]?.["superuser"] ?? "";
    expect(await query(url, "select 1 as n")).toEqual([{ n: 1 }]);
    expect(await devFile()).toEqual(before);
  });

  it("starts nothing in production", async () => {
    vi.stubEnv("NODE_ENV", "production");
    await expect(startDevstack({ dataDir, port: 0, log })).rejects.toThrow(
      /NODE_ENV is production/,
    );
    expect(processes()).toEqual([]);
  });
});
