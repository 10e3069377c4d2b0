import { randomBytes, randomInt } from "node:crypto";
import { join } from "node:path";
import { formatPlatformKey } from "@aic-sos/auth/credential";
import { newSecret } from "@aic-sos/auth/secret";
import { z } from "zod";
import { readIfThere, writePrivate } from "./private-file.ts";

const Secret = z.string().min(8);

const DevSecrets = z.strictObject({
  platformKey: Secret,
  oidcClientSecret: Secret,
  /** One for all demo people: they are shown together anyway, and one can be remembered. */
  demoPassword: Secret,
  databasePasswords: z.strictObject({
    owner: Secret,
    app: Secret,
    audit: Secret,
    sealer: Secret,
    jobs: Secret,
  }),
  /** What the provider stand-in accepts. */
  providerKeys: z.strictObject({ openai: Secret, anthropic: Secret, azure_openai: Secret }),
});
export type DevSecrets = z.infer<typeof DevSecrets>;

const COLOURS = ["amber", "azure", "coral", "crimson", "indigo", "ivory", "olive", "silver"];
const PLACES = ["bridge", "canyon", "fjord", "grove", "harbor", "island", "lagoon", "meadow"];

/** The secrets of a data directory: made at the first start (0600), the same ever after. */
export async function devSecrets(dataDir: string): Promise<DevSecrets> {
  const path = join(dataDir, "secrets.json");
  const stored = await readIfThere(path);
  if (stored !== undefined) return DevSecrets.parse(JSON.parse(stored));
  const made = makeSecrets();
  await writePrivate(path, `${JSON.stringify(made, undefined, 2)}\n`);
  return made;
}

function makeSecrets(): DevSecrets {
  const password = (): string => randomBytes(24).toString("base64url");
  return {
    platformKey: formatPlatformKey(newSecret()),
    oidcClientSecret: password(),
    demoPassword: `${oneOf(COLOURS)}-${oneOf(PLACES)}-${randomInt(1000, 10_000)}`,
    databasePasswords: {
      owner: password(),
      app: password(),
      audit: password(),
      sealer: password(),
      jobs: password(),
    },
    providerKeys: {
      openai: `sk-proj-${alphanumeric(48)}`,
      anthropic: `sk-ant-api03-${alphanumeric(95)}`,
      azure_openai: randomBytes(16).toString("hex"),
    },
  };
}

function oneOf(words: readonly string[]): string {
  return words[randomInt(words.length)] ?? "";
}

function alphanumeric(length: number): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");
}
