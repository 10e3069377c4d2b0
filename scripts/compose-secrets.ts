import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { formatPlatformKey } from "../packages/auth/src/credential.ts";
import { newSecret } from "../packages/auth/src/secret.ts";
import { createKeyfile } from "../packages/keyring/src/keyfile.ts";

const ROLES = ["SUPERUSER", "OWNER", "APP", "AUDIT", "SEALER", "JOBS"];
const REGIONS = ["us-east-1", "eu-west-1"];
const PEOPLE = ["Ada Admin", "Otto Operator", "Petra Approver", "Aude Auditor", "Ines Integration"];

/** The text of `.env`, which docker compose reads by itself. */
export function environment(clientSecret: string): string {
  const passwords = REGIONS.flatMap((region) =>
    ROLES.map((role) => `${variable(region)}_${role}_PASSWORD=${password()}`),
  );
  return [
    `PLATFORM_KEY=${formatPlatformKey(newSecret())}`,
    `OIDC_CLIENT_SECRET=${clientSecret}`,
    // The files are for their owner only, so the containers run as that user.
    `AIC_UID=${process.getuid?.() ?? 1000}`,
    `AIC_GID=${process.getgid?.() ?? 1000}`,
    ...passwords,
    "",
  ].join("\n");
}

/** The dev IdP's configuration file; its people are invited to a tenant by their email. */
export function devIdp(clientSecret: string): string {
  const config = {
    host: "0.0.0.0",
    port: 4001,
    issuer: "http://dev-idp.localhost:4001",
    clients: [
      {
        clientId: "aic-sos",
        clientSecret,
        redirectUris: ["http://localhost:4000/auth/callback"],
        postLogoutRedirectUris: ["http://localhost:4000/", "http://localhost:4000/login"],
        // From its container to the server's.
        backchannelLogoutUri: "http://server:4000/auth/backchannel-logout",
      },
    ],
    people: PEOPLE.map((name) => ({
      email: `${name.split(" ")[0]?.toLowerCase()}@acme.example`,
      name,
      password: randomBytes(9).toString("base64url"),
    })),
    signingKeysFile: "/tmp/dev-idp-signing-keys.json",
  };
  return `${JSON.stringify(config, undefined, 2)}\n`;
}

function password(): string {
  return randomBytes(32).toString("hex");
}

function variable(region: string): string {
  return region.toUpperCase().replaceAll("-", "_");
}

/** Makes what docker-compose.yml asks for, once: a second call would lock everybody out of what is stored. */
async function main(root: string): Promise<void> {
  const folder = join(root, ".secrets");
  const env = join(root, ".env");
  if (existsSync(env) || existsSync(folder)) {
    throw new Error(
      ".env or .secrets/ is there already. New secrets do not open what was stored with the old ones: to start over, delete both, and the volumes (docker compose down --volumes).",
    );
  }
  await mkdir(folder, { mode: 0o700 });
  for (const region of REGIONS) await createKeyfile(join(folder, `${region}.keyfile.json`));
  const clientSecret = password();
  await writeFile(join(folder, "dev-idp.json"), devIdp(clientSecret), { mode: 0o600, flag: "wx" });
  await writeFile(env, environment(clientSecret), { mode: 0o600, flag: "wx" });
  console.log(
    "Made .env and .secrets/. Now: docker compose up --build, and open http://localhost:4000",
  );
}

if (import.meta.main) {
  try {
    await main(join(import.meta.dirname, ".."));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
