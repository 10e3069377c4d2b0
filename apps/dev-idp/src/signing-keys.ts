import { generateKeyPair, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";

const Jwk = z.looseObject({ kty: z.literal("RSA"), kid: z.string(), d: z.string() });
const Jwks = z.object({ keys: z.array(Jwk).min(1) });

export type SigningKeys = z.output<typeof Jwks>;

/**
 * The private keys that sign ID tokens, as a JWKS. Read from the file, or made and stored there
 * (mode 0600) when it does not exist. Rejects when the file holds something else.
 */
export async function loadSigningKeys(path: string): Promise<SigningKeys> {
  const stored = await readIfThere(path);
  if (stored !== undefined) return Jwks.parse(JSON.parse(stored));

  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  const jwk = { ...privateKey.export({ format: "jwk" }), kid: randomUUID(), alg: "RS256" };
  const keys = Jwks.parse({ keys: [{ ...jwk, use: "sig" }] });
  const temporary = `${path}.${randomUUID()}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(temporary, JSON.stringify(keys), { mode: 0o600, flag: "wx" });
  await rename(temporary, path); // whole or not at all
  return keys;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
