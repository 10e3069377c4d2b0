import { readFile } from "node:fs/promises";
import { z } from "zod";

const Client = z.strictObject({
  clientId: z.string().min(1),
  clientSecret: z.string().min(16),
  redirectUris: z.array(z.url()).min(1),
  postLogoutRedirectUris: z.array(z.url()).default([]),
  backchannelLogoutUri: z.url().optional(),
  /** How the client sends its secret to the token endpoint; openid-client posts it by default. */
  authMethod: z.enum(["client_secret_post", "client_secret_basic"]).default("client_secret_post"),
});

const Person = z.strictObject({
  email: z.email(),
  name: z.string().min(1),
  password: z.string().min(1),
  /** Who the person is, beside the address on the login page: "Operator, Service Desk (Acme)". */
  about: z.string().min(1).optional(),
  groups: z.array(z.string().min(1)).default([]),
  emailVerified: z.boolean().default(true),
});

const Config = z.strictObject({
  /** Loopback, since the passwords are shown; in a container, whose port is published to loopback only, all. */
  host: z.string().min(1).default("127.0.0.1"),
  /** 0 takes a free port. */
  port: z.int().min(0).max(65_535),
  /** `http://localhost:<port>` when left out. */
  issuer: z.url({ protocol: /^https?$/ }).optional(),
  clients: z.array(Client).min(1),
  people: z.array(Person).min(1),
  /** Made when it does not exist; kept, so that tokens still verify after a restart. */
  signingKeysFile: z.string().min(1),
});

export type DevIdpClient = z.output<typeof Client>;
export type DevIdpPerson = z.output<typeof Person>;
export type DevIdpConfig = z.output<typeof Config>;
/** What the JSON file may look like; the shape for those who write it. */
export type DevIdpConfigFile = z.input<typeof Config>;

/** Why the process does not start: one line a reason. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/**
 * Reads the JSON configuration from the file named by the first argument, or else by
 * `DEV_IDP_CONFIG`. The only reader of the environment. Rejects with {@link ConfigError}, also in
 * production: this provider shows its passwords on the login page.
 */
export async function readConfig(
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<DevIdpConfig> {
  if (env.NODE_ENV === "production") {
    throw new ConfigError(
      "The dev IdP shows its passwords on the login page and does not run with NODE_ENV=production. Configure the company's own OpenID provider.",
    );
  }
  const path = args[0] ?? env.DEV_IDP_CONFIG;
  if (path === undefined || path === "") {
    throw new ConfigError("Name the configuration: main.ts <file>, or DEV_IDP_CONFIG=<file>.");
  }
  return parseConfig(await readJson(path), path);
}

function parseConfig(json: unknown, path: string): DevIdpConfig {
  const parsed = Config.safeParse(json);
  if (!parsed.success) {
    const reasons = parsed.error.issues.map(
      ({ path: at, message }) => `${path}: ${at.join(".") || "the file"}: ${message}`,
    );
    throw new ConfigError(reasons.join("\n"));
  }
  const emails = parsed.data.people.map(({ email }) => email.toLowerCase());
  const twice = emails.find((email, index) => emails.indexOf(email) !== index);
  if (twice !== undefined) throw new ConfigError(`${path}: people: ${twice} is there twice`);
  return parsed.data;
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    const reason = error instanceof SyntaxError ? "it is not JSON" : String(error);
    throw new ConfigError(`${path} cannot be used: ${reason}`);
  }
}
