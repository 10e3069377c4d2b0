import { type OwnPostgres, ownPostgres } from "@aic-sos/testkit/own-postgres";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bootstrapRoles, DATABASE_ROLES, roleName } from "./bootstrap.ts";
import { migrate } from "./migrate.ts";

let postgres: OwnPostgres;
let url: string;

beforeAll(async () => {
  postgres = await ownPostgres();
  url = postgres.server.superuserUrl();
});
afterAll(() => postgres?.remove());

async function query(connection: string, sql: string, values: unknown[] = []): Promise<unknown[]> {
  const client = new Client({ connectionString: connection });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows;
  } finally {
    await client.end();
  }
}

const FACTS = `SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin, rolpassword
  FROM pg_authid WHERE rolname LIKE 'aic%' ORDER BY 1`;

describe("bootstrap", () => {
  it("makes roles that can log in and databases that only they can enter", async () => {
    const made = await bootstrapRoles(url, ["us", "eu"], { app: "p@ss/wörd:%" });
    expect(Object.keys(made)).toEqual(["us", "eu"]);
    for (const urls of Object.values(made)) {
      for (const role of DATABASE_ROLES) {
        expect(await query(urls[role], "SELECT current_user AS me")).toEqual([
          { me: roleName(role) },
        ]);
      }
    }
    await query(url, "CREATE ROLE stranger LOGIN PASSWORD 'x'");
    const stranger = new URL(made["us"]?.app ?? "");
    stranger.username = "stranger";
    stranger.password = "x";
    await expect(query(stranger.href, "SELECT")).rejects.toMatchObject({ code: "42501" });
  });

  it("done again changes nothing, not even a password it was not given", async () => {
    const before = await query(url, FACTS);
    const again = await bootstrapRoles(url, ["us", "eu"], {});
    expect(await query(url, FACTS)).toEqual(before);
    expect(new URL(again["us"]?.app ?? "").password).toBe("");
  });

  it("takes back what a role should not have", async () => {
    await query(
      url,
      "ALTER ROLE aic_app SUPERUSER BYPASSRLS CREATEROLE CREATEDB REPLICATION NOLOGIN",
    );
    await bootstrapRoles(url, ["us"], {});
    expect(await query(url, FACTS.replace("rolpassword", "rolreplication"))).toContainEqual({
      rolname: "aic_app",
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolcanlogin: true,
      rolreplication: false,
    });
  });

  it("closes large objects, also in a database that was there before", async () => {
    const { us } = await bootstrapRoles(url, ["us"], { app: "app" });
    const inUs = new URL(url);
    inUs.pathname = "/us";
    await query(inUs.href, "GRANT EXECUTE ON FUNCTION lo_from_bytea(oid, bytea) TO PUBLIC");
    await query(us?.app ?? "", "SELECT lo_from_bytea(0, 'seen by all')");
    await bootstrapRoles(url, ["us"], {});
    for (const call of [
      "lo_create(0)",
      "lo_from_bytea(0, 'x')",
      "lo_put(1, 0, 'x')",
      "lo_get(1)",
    ]) {
      await expect(query(us?.app ?? "", `SELECT ${call}`), call).rejects.toMatchObject({
        code: "42501",
      });
    }
  });

  it("eight times at once does not collide", async () => {
    const all = Array.from({ length: 8 }, () => bootstrapRoles(url, ["together"], { owner: "o" }));
    expect((await Promise.all(all)).length).toBe(8);
  });

  it("works for an administrator who is no superuser, as managed services have them", async () => {
    await postgres.remove();
    postgres = await ownPostgres();
    url = postgres.server.superuserUrl();
    await query(url, "CREATE ROLE admin LOGIN CREATEROLE CREATEDB PASSWORD 'admin'");
    const admin = new URL(url);
    admin.username = "admin";
    admin.password = "admin";
    const made = await bootstrapRoles(admin.href, ["managed"], {});
    await bootstrapRoles(admin.href, ["managed"], {});
    const { applied } = await migrate(made["managed"]?.owner ?? "", {
      code: 7,
      region: "ap-south-1",
    });
    expect(applied.length).toBeGreaterThan(5);
  });
});
