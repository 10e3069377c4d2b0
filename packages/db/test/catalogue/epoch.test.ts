import { platformTenantId } from "@aic-sos/contract/ids";
import { type FreshCells, freshCells } from "@aic-sos/testkit/fresh-cells";
import { makePerson } from "@aic-sos/testkit/make-person";
import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BEGIN_SCOPE } from "../../src/begin-scope.ts";
import { connected, rolledBack, sqlState } from "./catalogue.ts";
import { type FullTenant, fillTenant } from "./fixture.ts";

let cells: FreshCells;
let superuser: Client;
let app: Client;
let full: FullTenant;
let theirs: FullTenant;

beforeAll(async () => {
  cells = await freshCells();
  superuser = await cells.superuser(cells.us);
  full = await fillTenant(superuser, cells.us);
  theirs = await fillTenant(superuser, cells.us);
  app = await connected(cells.us.urls.app);
});
afterAll(async () => {
  await app?.end();
  await cells?.drop();
});

async function epoch(): Promise<number> {
  const { rows } = await superuser.query<{ epoch: string }>(
    "SELECT epoch FROM users WHERE id = $1",
    [full.userId],
  );
  return Number(rows[0]?.epoch);
}

async function raisedBy(sql: string): Promise<boolean> {
  return rolledBack(superuser, async () => {
    const before = await epoch();
    const { rowCount } = await superuser.query(sql);
    expect(rowCount, sql).toBeGreaterThan(0);
    return (await epoch()) > before;
  });
}

describe("the epoch of a user is raised by every change of its rights", () => {
  const user = () => `tenant_id = '${full.tenant.id}' AND user_id = '${full.userId}'`;
  const self = () => `id = '${full.userId}'`;

  it("a role given, changed or taken away", async () => {
    expect(await raisedBy(`DELETE FROM role_bindings WHERE ${user()}`)).toBe(true);
    expect(await raisedBy(`UPDATE role_bindings SET expires_at = now() WHERE ${user()}`)).toBe(
      true,
    );
    expect(
      await raisedBy(`INSERT INTO role_bindings (tenant_id, id, user_id, role)
        VALUES ('${full.tenant.id}', '01890000-0000-8001-8000-000000000001', '${full.userId}', 'Approver')`),
    ).toBe(true);
  });

  it("a role gone with its workspace", async () => {
    expect(await raisedBy(`DELETE FROM workspaces WHERE id = '${full.workspace.id}'`)).toBe(true);
  });

  it("the user disabled, or linked to another person", async () => {
    expect(await raisedBy(`UPDATE users SET state = 'disabled' WHERE ${self()}`)).toBe(true);
    expect(
      await raisedBy(
        `UPDATE users SET person_id = (SELECT p.id FROM persons p WHERE p.tenant_id = users.tenant_id) WHERE ${self()}`,
      ),
    ).toBe(true);
  });

  it("a key or session revoked, shortened or deleted", async () => {
    for (const table of ["api_keys", "sessions"]) {
      expect(await raisedBy(`UPDATE ${table} SET revoked_at = now() WHERE ${user()}`), table).toBe(
        true,
      );
      expect(await raisedBy(`DELETE FROM ${table} WHERE ${user()}`), table).toBe(true);
    }
    expect(await raisedBy(`UPDATE api_keys SET expires_at = now() WHERE ${user()}`)).toBe(true);
    expect(await raisedBy(`UPDATE sessions SET absolute_expires_at = now() WHERE ${user()}`)).toBe(
      true,
    );
    expect(await raisedBy(`UPDATE sessions SET idle_expires_at = now() WHERE ${user()}`)).toBe(
      true,
    );
  });

  it("an app signed out, its sign-in shortened or deleted", async () => {
    const apps = "refresh_token_families";
    expect(await raisedBy(`UPDATE ${apps} SET revoked_at = now() WHERE ${user()}`)).toBe(true);
    expect(await raisedBy(`UPDATE ${apps} SET absolute_expires_at = now() WHERE ${user()}`)).toBe(
      true,
    );
    expect(await raisedBy(`DELETE FROM ${apps} WHERE ${user()}`)).toBe(true);
    expect(await raisedBy(`UPDATE ${apps} SET last_used_at = now() WHERE ${user()}`)).toBe(false);
  });

  it("the tenant offboarded", async () => {
    expect(
      await raisedBy(
        `UPDATE tenants SET state = 'offboarded' WHERE tenant_id = '${full.tenant.id}'`,
      ),
    ).toBe(true);
  });

  it("but not by use, nor by a change of the name", async () => {
    expect(
      await raisedBy(`UPDATE users SET last_seen_at = now(), display_name = 'Ana' WHERE ${self()}`),
    ).toBe(false);
    expect(await raisedBy(`UPDATE api_keys SET last_used_at = now() WHERE ${user()}`)).toBe(false);
    expect(
      await raisedBy(
        `UPDATE sessions SET last_seen_at = now(), idle_expires_at = now() + interval '2 hours' WHERE ${user()}`,
      ),
    ).toBe(false);
  });

  it("and never falls", async () => {
    expect(await sqlState(superuser.query(`UPDATE users SET epoch = -1 WHERE ${self()}`))).toBe(
      "AE002",
    );
  });

  it("by the application role too, which may not write it itself", async () => {
    const before = await epoch();
    await app.query("BEGIN");
    await app.query(BEGIN_SCOPE, [full.tenant.id, "*", null, null, null, false]);
    await app.query("UPDATE api_keys SET revoked_at = now()");
    expect(await sqlState(app.query("UPDATE users SET epoch = 0"))).toBe("42501");
    await app.query("ROLLBACK");
    await app.query("BEGIN");
    await app.query(BEGIN_SCOPE, [full.tenant.id, "*", null, null, null, false]);
    await app.query("UPDATE api_keys SET revoked_at = now()");
    await app.query("COMMIT");
    expect(await epoch()).toBe(before + 1);
  });
});

describe("BEGIN_SCOPE", () => {
  const begin = async (
    epochSeen: number,
    options: { readOnly?: boolean; workspace?: string } = {},
  ) =>
    app.query(BEGIN_SCOPE, [
      full.tenant.id,
      options.workspace ?? "*",
      full.tenant.id,
      full.userId,
      epochSeen,
      options.readOnly ?? false,
    ]);

  /** A platform administrator, and the values of its scope in the tenant `full`. */
  const platformAdmin = async () => {
    const platform = { ...full.tenant, id: platformTenantId(cells.us.code) };
    const { principal: admin } = await makePerson(superuser, platform, { kind: "platform" });
    const values = (seen: number) => [full.tenant.id, "*", platform.id, admin.id, seen, false];
    return { admin, values };
  };

  it("opens the scope for the epoch that was decided on", async () => {
    await rolledBack(app, async () => {
      await begin(await epoch());
      expect((await app.query("SELECT FROM workflows")).rowCount).toBe(1);
    });
  });

  it("raises AE001 for a stale epoch, an unknown principal, and one of another tenant", async () => {
    const now = await epoch();
    expect(await rolledBack(app, () => sqlState(begin(now - 1)))).toBe("AE001");
    const stranger = [full.tenant.id, "*", full.tenant.id, theirs.userId, 1, false];
    expect(await rolledBack(app, () => sqlState(app.query(BEGIN_SCOPE, stranger)))).toBe("AE001");
  });

  it("raises AE001 for an epoch to come, for none, and for a principal without a tenant", async () => {
    const now = await epoch();
    const { tenant, userId } = full;
    expect(await rolledBack(app, () => sqlState(begin(now + 1)))).toBe("AE001");
    for (const values of [
      [tenant.id, "*", tenant.id, userId, null, false],
      [tenant.id, "*", null, userId, now, false],
    ]) {
      expect(await rolledBack(app, () => sqlState(app.query(BEGIN_SCOPE, values)))).toBe("AE001");
    }
  });

  it("shows no workspace's rows where none was named", async () => {
    const values = [full.tenant.id, null, full.tenant.id, full.userId, await epoch(), false];
    await rolledBack(app, async () => {
      await app.query(BEGIN_SCOPE, values);
      expect((await app.query("SELECT FROM workflows")).rowCount).toBe(0);
    });
  });

  it("raises AE007 where a principal of one tenant would act in another, whoever said that it may", async () => {
    const values = [theirs.tenant.id, "*", full.tenant.id, full.userId, await epoch(), false];
    expect(await rolledBack(app, () => sqlState(app.query(BEGIN_SCOPE, values)))).toBe("AE007");
  });

  it("lets the platform's administrator into another tenant, unless the epoch is stale", async () => {
    const { admin, values } = await platformAdmin();
    await rolledBack(app, async () => {
      await app.query(BEGIN_SCOPE, values(admin.epoch));
      expect((await app.query("SELECT FROM workflows")).rowCount).toBe(1);
    });
    const stale = () => sqlState(app.query(BEGIN_SCOPE, values(admin.epoch - 1)));
    expect(await rolledBack(app, stale)).toBe("AE001");
  });

  it("lets a read write nothing", async () => {
    await rolledBack(app, async () => {
      await begin(await epoch(), { readOnly: true });
      expect(await sqlState(app.query("UPDATE workflows SET description = 'x'"))).toBe("25006");
    });
  });

  it("leaves no scope behind, however the transaction ends", async () => {
    const own = [
      full.tenant.id,
      full.workspace.id,
      full.tenant.id,
      full.userId,
      await epoch(),
      true,
    ];
    const { admin, values } = await platformAdmin();
    for (const scope of [own, values(admin.epoch)]) {
      for (const end of ["COMMIT", "ROLLBACK"]) {
        await app.query("BEGIN");
        await app.query(BEGIN_SCOPE, scope);
        await app.query(end);
        const { rows } = await app.query(`SELECT current_setting('app.tenant_id', true) AS tenant,
          current_setting('app.workspace_id', true) AS workspace, current_setting('transaction_read_only') AS "readOnly"`);
        expect(rows).toEqual([{ tenant: "", workspace: "", readOnly: "off" }]);
        expect((await app.query("SELECT FROM workflows")).rowCount).toBe(0);
      }
    }
  });

  it("narrows to one workspace", async () => {
    await rolledBack(app, async () => {
      await begin(await epoch(), { workspace: full.other.id });
      expect((await app.query("SELECT FROM workflows")).rowCount).toBe(0);
      expect((await app.query("SELECT FROM workspaces")).rowCount).toBe(1);
    });
  });
});
