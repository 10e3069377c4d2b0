import { join } from "node:path";
import { Client } from "pg";
import { readIfThere, writePrivate } from "./private-file.ts";

/**
 * Keeps people who they are when the development identity provider moves to another port: the
 * issuer is part of an identity, and with it changed nobody could log in to the data of the last
 * start.
 * @param databases superuser addresses
 */
export async function followIssuer(
  dataDir: string,
  issuer: string,
  databases: readonly string[],
): Promise<void> {
  const path = join(dataDir, "issuer");
  const before = (await readIfThere(path))?.trim();
  if (before === issuer) return;
  if (before !== undefined) for (const url of databases) await rename(url, before, issuer);
  await writePrivate(path, `${issuer}\n`);
}

async function rename(url: string, before: string, issuer: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ there: boolean }>(
      "select to_regclass('public.identities') is not null as there",
    );
    // Not there yet when the very first start was cut short.
    if (rows[0]?.there)
      await client.query("update identities set issuer = $1 where issuer = $2", [issuer, before]);
  } finally {
    await client.end();
  }
}
