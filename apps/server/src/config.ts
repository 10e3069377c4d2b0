/** The only reader of the environment and of `regions.yaml`. Everything else is handed what it needs. */
import { readFile } from "node:fs/promises";
import { parsePlatformKey } from "@aic-sos/auth/credential";
import { CERTIFICATE_HEADERS } from "@aic-sos/auth/forwarded-certificate";
import { DisplayName } from "@aic-sos/contract/text";
import { RegionName } from "@aic-sos/contract/regions";
import { parseDocument } from "yaml";
import { z } from "zod";
import { SessionSettings } from "./session-settings.ts";
import { TokenSettings } from "./token-settings.ts";
import { peerList } from "./peer-list.ts";

const DatabaseUrl = z.string().regex(/^postgres(?:ql)?:\/\//, "must be a postgres:// address");
const Secret = z.string().min(1, "must not be empty");

const Cell = z.strictObject({
  /** The cell code that every id of this database carries, 1 to 4095. */
  code: z.int().min(1).max(0xfff),
  /** One address per database role; `owner` migrates and then its pool ends. */
  database: z.strictObject({
    app: DatabaseUrl,
    audit: DatabaseUrl,
    sealer: DatabaseUrl,
    jobs: DatabaseUrl,
    /** As `jobs`, past any pooler that stands between: the job queue listens for notifications. */
    jobsDirect: DatabaseUrl.optional(),
    owner: DatabaseUrl,
  }),
  poolSize: z.int().min(1).max(200).default(10),
});

const Region = z.strictObject({
  keyring: z.strictObject({ keyfile: z.string().min(1) }),
  /** Where signed checkpoints of the audit log go besides the database, so that nobody who owns that can rewrite both. */
  checkpoints: z.strictObject({
    directory: z.string().min(1),
    /** While there are new events, a log's checkpoint is never older. */
    everySeconds: z.int().min(1).max(3600).default(10),
  }),
  /** Where list-models calls go. Azure keys name their own endpoint, unless a host is set here. */
  providers: z.strictObject({
    openai: z.url().default("https://api.openai.com"),
    anthropic: z.url().default("https://api.anthropic.com"),
    azureOpenai: z.url().optional(),
  }),
  cells: z.array(Cell).min(1),
});

/** Stricter than what a request may name: the first two letters are shown as the region's label. */
const ConfiguredRegion = RegionName.regex(
  /^[a-z]{2}(?:-[a-z]+)+-[0-9]$/,
  "must be a region's name such as us-east-1 or eu-west-1",
);

const AllowedHost = z
  .string()
  .regex(/^[a-z0-9.:[\]-]+$/, "must be a host such as idp.internal, or a host with its port");

const Peers = z.array(z.string().min(1)).check((context) => {
  try {
    peerList(context.value);
  } catch (error) {
    const message = error instanceof Error ? error.message : "unknown";
    context.issues.push({ code: "custom", input: context.value, message });
  }
});

const Mtls = z
  .strictObject({
    /** The first part of every service's name: `spiffe://<trustDomain>/<region>/<tenant>/<service>`. */
    trustDomain: z
      .string()
      .regex(/^[a-z0-9._-]{1,255}$/, "must be lower-case letters, digits, dots, hyphens"),
    host: z.string().default("127.0.0.1"),
    /** A port of its own, which takes nobody without a certificate. Left out: only proxies hand certificates on. */
    port: z.int().min(0).max(65_535).optional(),
    /** The server's own certificate, with its chain, and its key: PEM. Read again when they change. */
    certificateFile: z.string().min(1).optional(),
    keyFile: z.string().min(1).optional(),
    /** Proxies that take client certificates in our stead, and in which header they hand them on. */
    proxies: z
      .array(z.strictObject({ peers: Peers.min(1), header: z.enum(CERTIFICATE_HEADERS) }))
      .default([]),
  })
  .refine(
    ({ port, certificateFile, keyFile }) =>
      [port, certificateFile, keyFile].every((value) => value === undefined) ||
      [port, certificateFile, keyFile].every((value) => value !== undefined),
    "takes port, certificateFile and keyFile together, or none of them",
  );

const PlatformLogin = z.strictObject({
  name: DisplayName.default("Platform sign-in"),
  issuer: z.url(),
  clientId: z.string().min(1),
  clientSecret: Secret,
  scopes: z.string().min(1).default("openid email profile groups"),
  /** The claim that lists a person's groups, and the group whose people are platform administrators. */
  groupsClaim: z.string().min(1).default("groups"),
  group: z.string().min(1),
  allowInsecure: z.boolean().default(false),
});

const RegionsFile = z
  .strictObject({
    /** How browsers reach this deployment, such as `https://control.example.com`. */
    publicUrl: z.url(),
    listen: z
      .strictObject({
        host: z.string().default("127.0.0.1"),
        port: z.int().min(0).max(65_535).default(4000),
        /** Whose `X-Forwarded-For` or `Forwarded` is believed: addresses, networks, or `loopback`, `linklocal`, `uniquelocal`. */
        trustedProxies: Peers.default([]),
      })
      .prefault({}),
    /** Services that call with client certificates. */
    mtls: Mtls.optional(),
    /** Lets platform administrators in: `aic_platform_…`. A new one replaces all others; leave it out to end the key. */
    platformKey: Secret.refine(
      (text) => parsePlatformKey(text) !== undefined,
      "is mistyped: it must be a whole platform key, aic_platform_…",
    ).optional(),
    identity: z.strictObject({
      defaultProvider: z.strictObject({
        name: DisplayName.default("Single sign-on"),
        issuer: z.url(),
        clientId: z.string().min(1),
        clientSecret: Secret,
        /** Only for an issuer on plain http, such as the development provider. */
        allowInsecure: z.boolean().default(false),
      }),
    }),
    /** How platform administrators log in besides. Register `<publicUrl>/auth/platform/callback` there. */
    platform: z.strictObject({ login: PlatformLogin.optional() }).prefault({}),
    sessions: SessionSettings,
    tokens: TokenSettings,
    /** The way out to addresses that users enter. They have to be public and https, but for what is allowed here. */
    outbound: z
      .strictObject({
        /** Hosts that may be private and plain http: `idp.internal`, or with one port only, `localhost:4300`. */
        allow: z.array(AllowedHost).default([]),
        /** Asked instead of the system's DNS, as `address` or `address:port`. */
        dnsServers: z.array(z.string().min(1)).default([]),
      })
      .prefault({}),
    regions: z.record(ConfiguredRegion, Region),
    /** Regions that other deployments serve, and where: whoever is not found here is told of them. */
    otherRegions: z.record(ConfiguredRegion, z.url({ protocol: /^https$/ })).default({}),
  })
  .check((context) => {
    const codes = Object.values(context.value.regions).flatMap((region) =>
      region.cells.map((cell) => cell.code),
    );
    for (const region of Object.keys(context.value.otherRegions)) {
      if (context.value.regions[region] === undefined) continue;
      context.issues.push({
        code: "custom",
        input: region,
        path: ["otherRegions", region],
        message: "is served here: name only regions of other deployments",
      });
    }
    if (codes.length === 0) {
      context.issues.push({
        code: "custom",
        input: codes,
        path: ["regions"],
        message: "must name a region",
      });
    }
    if (new Set(codes).size !== codes.length) {
      context.issues.push({
        code: "custom",
        input: codes,
        path: ["regions"],
        message: "two cells have the same code; each database needs its own",
      });
    }
  });

export type RegionsFile = z.infer<typeof RegionsFile>;

/** A person of the demo data, with the password that the development identity provider knows. */
export interface DemoPerson {
  readonly email: string;
  readonly password: string;
  readonly tenant: string;
  readonly region: string;
  readonly workspace: string | null;
  readonly role: string;
}

export interface Config extends RegionsFile {
  /** Whom the login page may offer: the demo data's people. Empty wherever there is a configuration file. */
  readonly demoPeople: readonly DemoPerson[];
  readonly version: string;
}

/** Every cell that the configuration names, with its region. */
export function configuredCells(config: RegionsFile) {
  return Object.entries(config.regions).flatMap(([region, entry]) =>
    entry.cells.map((cell) => ({
      code: cell.code,
      region,
      urls: cell.database,
      poolSize: cell.poolSize,
    })),
  );
}

export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** What the environment says, before any file is read. */
export interface Environment {
  readonly configFile: string | undefined;
  readonly dataDir: string;
  readonly port: number | undefined;
  readonly production: boolean;
  /** `warn` on a laptop, where a line per request would bury everything else. */
  readonly logLevel: string;
}

/** Reads the environment. Throws `ConfigError` with what to mend. */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  const production = env["NODE_ENV"] === "production";
  const configFile = env["AIC_CONFIG"] || undefined;
  if (production && configFile === undefined) {
    throw new ConfigError(
      "NODE_ENV is production and AIC_CONFIG is not set: name your regions.yaml in it",
    );
  }
  const port = env["PORT"] ? Number(env["PORT"]) : undefined;
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    throw new ConfigError(`PORT is ${env["PORT"]}: it must be a number from 0 to 65535`);
  }
  return {
    configFile,
    dataDir: env["AIC_DATA_DIR"] || ".data",
    port,
    production,
    logLevel: logLevelOf(env["AIC_LOG_LEVEL"] || (configFile === undefined ? "warn" : "info")),
  };
}

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"];

function logLevelOf(level: string): string {
  if (LOG_LEVELS.includes(level)) return level;
  throw new ConfigError(`AIC_LOG_LEVEL is ${level}: it must be one of ${LOG_LEVELS.join(", ")}`);
}

/** Reads a `regions.yaml`; `${NAME}` in a value is replaced from the environment. */
export async function readRegionsFile(
  path: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<RegionsFile> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw new ConfigError(
      `${path} cannot be read: ${error instanceof Error ? error.message : "unknown"}`,
    );
  });
  const result = RegionsFile.safeParse(fillIn(parseYaml(text, path), env, path));
  if (result.success) return result.data;
  const lines = result.error.issues.map(
    (issue) => `  ${issue.path.join(".") || "(file)"}: ${issue.message}`,
  );
  throw new ConfigError(`${path} is not a valid configuration:\n${lines.join("\n")}`);
}

/** The parser's message names line and column, and quotes the line: one that may hold a password, so not it. */
function parseYaml(text: string, path: string): unknown {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (!error) return document.toJS();
  const [place] = error.linePos ?? [];
  const where = place ? `line ${place.line}, column ${place.col}` : "an unknown place";
  throw new ConfigError(`${path} is not YAML: ${error.code} at ${where}`);
}

function fillIn(value: unknown, env: NodeJS.ProcessEnv, path: string): unknown {
  if (Array.isArray(value)) return value.map((item) => fillIn(item, env, path));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, fillIn(item, env, path)]),
    );
  }
  if (typeof value !== "string") return value;
  return value.replace(/\$\{([A-Z][A-Z0-9_]*)\}/g, (_, name: string) => {
    const found = env[name];
    if (found === undefined)
      throw new ConfigError(`${path} asks for the variable ${name}, which is not set`);
    return found;
  });
}
