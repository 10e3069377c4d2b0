import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatPlatformKey } from "@aic-sos/auth/credential";
import { newSecret } from "@aic-sos/auth/secret";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { ConfigError, configuredCells, readEnvironment, readRegionsFile } from "./config.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "aic-config-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const url = "postgres://aic_app@localhost/one";
const database = { app: url, audit: url, sealer: url, jobs: url, owner: url };
const region = {
  keyring: { keyfile: "us.json" },
  checkpoints: { directory: "checkpoints" },
  providers: {},
  cells: [{ code: 1, database }],
};
const valid = {
  publicUrl: "https://control.example.com",
  identity: {
    defaultProvider: {
      issuer: "https://id.example.com",
      clientId: "aic",
      clientSecret: "a-secret",
    },
  },
  regions: { "us-east-1": region },
};

async function read(content: unknown, env: NodeJS.ProcessEnv = {}) {
  const path = join(folder, "regions.yaml");
  await writeFile(path, typeof content === "string" ? content : stringify(content));
  return readRegionsFile(path, env);
}

describe("the environment", () => {
  it("of production without a configuration file is refused", () => {
    expect(() => readEnvironment({ NODE_ENV: "production" })).toThrow(/AIC_CONFIG is not set/);
    expect(() => readEnvironment({ NODE_ENV: "production", AIC_CONFIG: "" })).toThrow(ConfigError);
    expect(readEnvironment({ NODE_ENV: "production", AIC_CONFIG: "/x.yaml" }).configFile).toBe(
      "/x.yaml",
    );
  });

  it("with a port or a log level that is none is refused by name", () => {
    for (const PORT of ["x", "-1", "65536", "1.5"])
      expect(() => readEnvironment({ PORT })).toThrow(/PORT is/);
    expect(() => readEnvironment({ AIC_LOG_LEVEL: "loud" })).toThrow(
      /AIC_LOG_LEVEL is loud: it must be one of trace/,
    );
  });

  it("that says nothing means the demo on port 4000's default, in .data", () => {
    expect(readEnvironment({})).toEqual({
      configFile: undefined,
      dataDir: ".data",
      port: undefined,
      production: false,
      logLevel: "warn",
    });
  });
});

describe("regions.yaml", () => {
  it("that is right is read, with its defaults", async () => {
    const config = await read(valid);
    expect(config.listen).toEqual({ host: "127.0.0.1", port: 4000, trustedProxies: [] });
    expect(config.regions["us-east-1"]?.providers.openai).toBe("https://api.openai.com");
    expect(configuredCells(config)).toEqual([
      { code: 1, region: "us-east-1", urls: database, poolSize: 10 },
    ]);
  });

  it("takes what is secret from the environment, and names a variable that is not set", async () => {
    const platformKey = formatPlatformKey(newSecret());
    const content = { ...valid, platformKey: "${AIC_PLATFORM_KEY}" };
    expect((await read(content, { AIC_PLATFORM_KEY: platformKey })).platformKey).toBe(platformKey);
    await expect(read(content)).rejects.toThrow(
      /asks for the variable AIC_PLATFORM_KEY, which is not set/,
    );
  });

  it.each([
    ["no address", { ...valid, publicUrl: undefined }, "publicUrl"],
    ["no regions", { ...valid, regions: {} }, "regions"],
    ["a region that is none", { ...valid, regions: { Mars: region } }, "regions.Mars"],
    ["an unknown field", { ...valid, regoins: {} }, "(file)"],
    [
      "a port of client certificates without a certificate",
      { ...valid, mtls: { trustDomain: "example.com", port: 4443 } },
      "mtls",
    ],
    [
      "a proxy that is no address",
      { ...valid, listen: { trustedProxies: ["proxy.example"] } },
      "listen.trustedProxies",
    ],
    [
      "a proxy of certificates that nobody is",
      {
        ...valid,
        mtls: { trustDomain: "example.com", proxies: [{ peers: [], header: "client-cert" }] },
      },
      "mtls.proxies.0.peers",
    ],
    ["client certificates of no domain", { ...valid, mtls: {} }, "mtls.trustDomain"],
    [
      "a cell code of 0",
      { ...valid, regions: { "us-east-1": { ...region, cells: [{ code: 0, database }] } } },
      "regions.us-east-1.cells.0.code",
    ],
    [
      "a database that is none",
      {
        ...valid,
        regions: {
          "us-east-1": {
            ...region,
            cells: [{ code: 1, database: { ...database, app: "mysql://x" } }],
          },
        },
      },
      "regions.us-east-1.cells.0.database.app",
    ],
    [
      "a missing role",
      {
        ...valid,
        regions: {
          "us-east-1": {
            ...region,
            cells: [{ code: 1, database: { ...database, sealer: undefined } }],
          },
        },
      },
      "regions.us-east-1.cells.0.database.sealer",
    ],
    [
      "one code twice",
      { ...valid, regions: { "us-east-1": region, "eu-west-1": region } },
      "regions",
    ],
    [
      "no keyfile",
      { ...valid, regions: { "us-east-1": { ...region, keyring: {} } } },
      "regions.us-east-1.keyring.keyfile",
    ],
    [
      "a region served here and elsewhere",
      { ...valid, otherRegions: { "us-east-1": "https://us.example.com" } },
      "otherRegions.us-east-1",
    ],
    [
      "another region at plain http",
      { ...valid, otherRegions: { "ap-southeast-1": "http://ap.example.com" } },
      "otherRegions.ap-southeast-1",
    ],
    ["no identity", { ...valid, identity: {} }, "identity.defaultProvider"],
    ["a mistyped platform key", { ...valid, platformKey: "aic_platform_nearly" }, "platformKey"],
  ])("with %s is refused, and the field is named", async (_, content, field) => {
    const failure = read(content);
    await expect(failure).rejects.toThrow(ConfigError);
    await expect(failure).rejects.toThrow(`\n  ${field}: `);
  });

  it("says how long sessions last: by default, and as it is told", async () => {
    expect((await read(valid)).sessions).toEqual({
      idleMinutes: 720,
      absoluteHours: 168,
      platformHours: 12,
    });
    const sessions = { idleMinutes: 60, absoluteHours: 1, platformHours: 1 };
    expect((await read({ ...valid, sessions })).sessions).toEqual(sessions);
  });

  it.each([
    [{ idleMinutes: 4 }, "idleMinutes: must be whole minutes, from 5 to 10080"],
    [{ idleMinutes: 10_081 }, "idleMinutes: must be whole minutes, from 5 to 10080"],
    [{ idleMinutes: 7.5 }, "idleMinutes: must be whole minutes, from 5 to 10080"],
    [{ idleMinutes: "12 h" }, "idleMinutes: must be whole minutes, from 5 to 10080"],
    [{ absoluteHours: 721 }, "absoluteHours: must be whole hours, from 1 to 720"],
    [{ platformHours: 25 }, "platformHours: must be whole hours, from 1 to 24"],
    [
      { absoluteHours: 8 },
      "idleMinutes: is 720: it must not be longer than sessions.absoluteHours, here 8 hours (480 minutes)",
    ],
  ])("with sessions that last %j is refused, with what is allowed", async (sessions, sentence) => {
    await expect(read({ ...valid, sessions })).rejects.toThrow(`\n  sessions.${sentence}`);
  });

  it("repeats no secret in what it complains of", async () => {
    const planted = "planted-secret";
    for (const content of [
      { ...valid, platformKey: planted },
      {
        ...valid,
        identity: {
          defaultProvider: { ...valid.identity.defaultProvider, clientSecret: [planted] },
        },
      },
      `platformKey: "${planted}\n  bad: [`,
      `a: ${planted}: b\n\t- x`,
    ]) {
      const error = await read(content).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ConfigError);
      expect((error as ConfigError).message).not.toContain(planted);
    }
  });

  it("that is no YAML is refused with line and column", async () => {
    await expect(read("publicUrl: [\nregions: }")).rejects.toThrow(
      /is not YAML: .* at line 2, column/,
    );
    await expect(read("just text")).rejects.toThrow(ConfigError);
    await expect(read("")).rejects.toThrow(ConfigError);
  });

  it("that is not there is refused by its path", async () => {
    await expect(readRegionsFile(join(folder, "none.yaml"), {})).rejects.toThrow(
      /none\.yaml cannot be read/,
    );
  });

  it("has an example that is right", async () => {
    const path = new URL("../../../config/regions.example.yaml", import.meta.url);
    const names = [...(await readFile(path, "utf8")).matchAll(/\$\{([A-Z0-9_]+)\}/g)].map(
      (match) => match[1] ?? "",
    );
    const env = Object.fromEntries(
      names.map((name) => [
        name,
        /PLATFORM/.test(name) ? formatPlatformKey(newSecret()) : "postgres://secret",
      ]),
    );
    expect(Object.keys((await readRegionsFile(path.pathname, env)).regions)).toContain("us-east-1");
  });
});
