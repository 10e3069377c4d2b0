import { randomBytes } from "node:crypto";
import { superuserUrl } from "@aic-sos/testkit/fresh-cells";
import { Client } from "pg";
import { inject } from "vitest";
import { type RoleUrls, roleUrls } from "./bootstrap.ts";

/** A database of its own on the test server, which no migration has seen. */
export interface EmptyDatabase {
  readonly name: string;
  readonly urls: RoleUrls;
  /** Removes it, whoever is still connected. */
  drop(): Promise<void>;
}

export async function emptyDatabase(): Promise<EmptyDatabase> {
  const name = `test_empty_${randomBytes(6).toString("hex")}`;
  await outside(`CREATE DATABASE ${name} OWNER aic_owner`);
  return {
    name,
    urls: roleUrls(superuserUrl(), name, inject("aicPostgres").passwords),
    drop: () => outside(`DROP DATABASE ${name} WITH (FORCE)`),
  };
}

async function outside(sql: string): Promise<void> {
  const client = new Client({ connectionString: superuserUrl() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
