import { randomBytes } from "node:crypto";
import { DATABASE_ROLES, roleName, type RoleUrls, roleUrls } from "@aic-sos/db/bootstrap";
import { Client } from "pg";
import { inject } from "vitest";
import { TEST_CELLS, type TestPostgres } from "./test-postgres.ts";

/** A cell of a test's own; fits `CellConfig` of `@aic-sos/db/cells`. */
export interface TestCell {
  readonly code: number;
  readonly region: string;
  readonly database: string;
  readonly urls: RoleUrls;
}

export interface FreshCells {
  readonly us: TestCell;
  readonly eu: TestCell;
  /** A superuser's connection, to prepare and to prove; the same one each time, closed by `drop`. */
  superuser(cell: TestCell): Promise<Client>;
  /** Removes both databases, whoever is still connected. */
  drop(): Promise<void>;
}

/** Two empty, migrated databases (copies of a template, some 100 ms), for one test file. Call `drop` in `afterAll`. */
export async function freshCells(): Promise<FreshCells> {
  const postgres = inject("aicPostgres");
  const run = randomBytes(6).toString("hex");
  const [us, eu] = await withClient(postgres.superuserUrl, async (client) => [
    await copyCell(client, postgres, "us", run),
    await copyCell(client, postgres, "eu", run),
  ]);
  if (!us || !eu) throw new Error("the test cells could not be made");
  const clients = new Map<string, Promise<Client>>();
  return {
    us,
    eu,
    superuser(cell) {
      const known =
        clients.get(cell.database) ?? connect(urlOf(postgres.superuserUrl, cell.database));
      clients.set(cell.database, known);
      return known;
    },
    async drop() {
      for (const client of clients.values()) await (await client).end();
      await withClient(postgres.superuserUrl, async (client) => {
        for (const { database } of [us, eu]) {
          await client.query(
            `DROP DATABASE IF EXISTS ${client.escapeIdentifier(database)} WITH (FORCE)`,
          );
        }
      });
    },
  };
}

/** The superuser's URL of a database on the test server; for tests about the server itself. */
export function superuserUrl(database = "postgres"): string {
  return urlOf(inject("aicPostgres").superuserUrl, database);
}

async function copyCell(
  client: Client,
  postgres: TestPostgres,
  name: "us" | "eu",
  run: string,
): Promise<TestCell> {
  const { code, region, template } = TEST_CELLS[name];
  const database = `test_${run}_${name}`;
  await client.query(`CREATE DATABASE ${database} TEMPLATE ${template} OWNER ${roleName("owner")}`);
  // Rights on a database are not copied with it.
  await client.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
  await client.query(
    `GRANT CONNECT ON DATABASE ${database} TO ${DATABASE_ROLES.map(roleName).join(", ")}`,
  );
  return {
    code,
    region,
    database,
    urls: roleUrls(postgres.superuserUrl, database, postgres.passwords),
  };
}

function urlOf(url: string, database: string): string {
  const own = new URL(url);
  own.pathname = `/${database}`;
  return own.href;
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

async function withClient<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = await connect(url);
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
