import { superuserUrl } from "@aic-sos/testkit/fresh-cells";
import { makePerson } from "@aic-sos/testkit/make-person";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeAuthority, makeKey, makeSession } from "./credentials.test-support.ts";
import { credentialLookup, noteUses } from "./doors.ts";
import { countOf, makePlace, openWorld, type World } from "./world.test-support.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

describe("noteUses", () => {
  it("lets a session live on, notes the use of a key, and changes no epoch", async () => {
    const one = await makePlace(world);
    const session = await credentialLookup(one.tenant.id, "session", await makeSession(world, one));
    const key = await credentialLookup(one.tenant.id, "api_key", await makeKey(world, one));
    if (!session || !key) throw new Error("not found");
    expect(key.lastUsedAt).toBeNull();
    const uses = [session, key].map(({ kind, id }) => ({ kind, id, at: Date.now() }));
    await noteUses(one.tenant.id, uses, 7_200);
    const after = await credentialLookup(one.tenant.id, "session", session.id);
    const longer =
      (after?.principal.credentialExpiresAt ?? 0) - (session.principal.credentialExpiresAt ?? 0);
    expect(Math.round(longer / 60_000)).toBe(60);
    expect(after?.principal.epoch).toBe(session.principal.epoch);
    const used = await credentialLookup(one.tenant.id, "api_key", key.id);
    expect(Math.abs((used?.lastUsedAt ?? 0) - Date.now())).toBeLessThan(5_000);
  });

  it("keeps a session that was used in time, however late that is written, and raises none from the dead", async () => {
    const one = await makePlace(world);
    const [inTime, late] = [await makeSession(world, one), await makeSession(world, one)];
    await world.superuser.query(
      "update sessions set idle_expires_at = now() - interval '5 seconds' where id = any($1)",
      [[inTime, late]],
    );
    const uses = [
      { kind: "session", id: inTime, at: Date.now() - 10_000 },
      { kind: "session", id: late, at: Date.now() - 1_000 },
    ] as const;
    await noteUses(one.tenant.id, uses, 7_200);
    const endOf = async (id: string) =>
      (await credentialLookup(one.tenant.id, "session", id))?.principal.credentialExpiresAt ?? 0;
    expect(await endOf(inTime)).toBeGreaterThan(Date.now());
    expect(await endOf(late)).toBeLessThan(Date.now());
  });

  it("is in the way of nobody who holds the user and then changes the credential", async () => {
    const one = await makePlace(world);
    const kinds = [
      { kind: "api_key", id: await makeKey(world, one), table: "api_keys" },
      { kind: "session", id: await makeSession(world, one), table: "sessions" },
    ] as const;
    for (const { kind, id, table } of kinds) {
      await world.superuser.query("begin");
      await world.superuser.query("select from users where id = $1 for no key update", [
        one.person.id,
      ]);
      const noted = noteUses(one.tenant.id, [{ kind, id, at: Date.now() }], 7_200);
      const waiting = () =>
        countOf(
          world,
          "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
        );
      await expect.poll(waiting).toBe(1);
      await world.superuser.query(`update ${table} set revoked_at = now() where id = $1`, [id]);
      await world.superuser.query("commit");
      await noted;
    }
  });

  it("waits in no circle with who takes a right from many at once: all lock users in the order of their ids", async () => {
    const one = await makePlace(world);
    const authority = await makeAuthority(world, one);
    const services = [];
    for (const name of ["first", "second"]) {
      const service = await makePerson(world.superuser, one.tenant, { kind: "service" });
      await world.superuser.query("update users set service_name = $2 where id = $1", [
        service.id,
        name,
      ]);
      services.push(service.id);
    }
    const [first, second] = services.toSorted((a, b) => (a < b ? -1 : 1));
    // Its row is now the last of them on the page, by the indexes, too.
    const renamed = "update users set service_name = 'renamed' where id = $1";
    await world.superuser.query(renamed, [first]);
    const other = new Client({ connectionString: superuserUrl(world.cell.database) });
    await other.connect();
    const lock = (id = "") =>
      other.query("select from users where id = $1 for no key update", [id]);
    await other.query("begin");
    await lock(first);
    const removed = world.superuser.query("delete from client_authorities where id = $1", [
      authority,
    ]);
    const waiting = () =>
      other.query(
        "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
      );
    await expect.poll(async () => (await waiting()).rowCount).toBe(1);
    await lock(second);
    await other.query("commit");
    await other.end();
    expect((await removed).rowCount).toBe(1);
  });

  it("touches nothing of another tenant", async () => {
    const [one, other] = [await makePlace(world), await makePlace(world)];
    const theirs = await makeKey(world, other);
    await noteUses(one.tenant.id, [{ kind: "api_key", id: theirs, at: Date.now() }], 7_200);
    expect((await credentialLookup(other.tenant.id, "api_key", theirs))?.lastUsedAt).toBeNull();
  });
});
