import { platformTenantId } from "@aic-sos/contract/ids";
import { makePerson } from "@aic-sos/testkit/make-person";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appendEvent } from "./append-event.ts";
import { admitIdentity, credentialLookup, foundTenant, loginLookup, systemJob } from "./doors.ts";
import { RefusedByDatabase } from "./errors.ts";
import { makeAuthority, makeKey, makeSession } from "./credentials.test-support.ts";
import { newId } from "./ids.ts";
import {
  countOf,
  grantIn,
  makePlace,
  openWorld,
  type Place,
  type World,
} from "./world.test-support.ts";

let world: World;
let place: Place;

beforeAll(async () => {
  world = await openWorld();
  place = await makePlace(world);
});
afterAll(() => world.close());

describe("credentialLookup", () => {
  it("finds a session with everything that a decision needs, in one round trip", async () => {
    const id = await makeSession(world, place);
    await credentialLookup(place.tenant.id, "session", id);
    world.wire.reset();
    const found = await credentialLookup(place.tenant.id, "session", id);
    expect(world.wire.roundTrips).toBe(1);
    expect(found).toMatchObject({
      secretHash: Buffer.of(1),
      displayName: place.person.displayName,
      email: place.person.email,
      tenantName: place.tenant.name,
      tenantSlug: place.tenant.slug,
    });
    const ends = found?.principal.credentialExpiresAt ?? 0;
    expect(found?.principal).toEqual({ ...place.person.principal, credentialExpiresAt: ends });
    expect(Math.abs(ends - Date.now() - 3_600_000)).toBeLessThan(5_000);
  });

  it("finds an API key with its workspace, and none of it under another tenant's name", async () => {
    const id = await makeKey(world, place);
    const found = await credentialLookup(place.tenant.id, "api_key", id);
    expect(found?.principal).toMatchObject({
      authentication: "api_key",
      credentialWorkspaceId: place.workspace.id,
      credentialExpiresAt: null,
    });
    const other = await makePlace(world);
    expect(await credentialLookup(other.tenant.id, "api_key", id)).toBeUndefined();
    expect(await credentialLookup(place.tenant.id, "session", id)).toBeUndefined();
  });

  it("shows what was revoked or has ended as ended", async () => {
    const id = await makeSession(world, place);
    await world.superuser.query("update sessions set revoked_at = now() where id = $1", [id]);
    const revoked = await credentialLookup(place.tenant.id, "session", id);
    expect(revoked?.principal.credentialExpiresAt).toBe(0);
    const ended = await credentialLookup(
      place.tenant.id,
      "api_key",
      await makeKey(world, place, "2020-01-01T00:00:00Z"),
    );
    expect(ended?.principal.credentialExpiresAt).toBe(Date.parse("2020-01-01T00:00:00Z"));
  });

  it("shows people of an offboarded tenant as disabled", async () => {
    const gone = await makePlace(world);
    const id = await makeSession(world, gone);
    await world.superuser.query("update tenants set state = 'offboarded' where tenant_id = $1", [
      gone.tenant.id,
    ]);
    expect((await credentialLookup(gone.tenant.id, "session", id))?.principal.disabled).toBe(true);
  });
});

describe("credentialLookup of a service", () => {
  it("finds it by its name, with the CAs of its own tenant and no others, in one round trip", async () => {
    const [one, other] = [await makePlace(world), await makePlace(world)];
    const [authority] = [await makeAuthority(world, one), await makeAuthority(world, other)];
    const bot = await makePerson(world.superuser, one.tenant, { kind: "service" });
    await world.superuser.query("update users set service_name = 'bot' where id = $1", [bot.id]);
    await credentialLookup(one.tenant.id, "service", "bot");
    world.wire.reset();
    const found = await credentialLookup(one.tenant.id, "service", "bot");
    expect(world.wire.roundTrips).toBe(1);
    expect(found).toMatchObject({
      id: bot.id,
      principal: { id: bot.id, kind: "service", authentication: "client_certificate" },
      authorities: [{ id: authority }],
    });
    expect(await credentialLookup(other.tenant.id, "service", "bot")).toBeUndefined();
    const before = found?.principal.epoch ?? 0;
    await world.superuser.query("delete from client_authorities where id = $1", [authority]);
    const after = await credentialLookup(one.tenant.id, "service", "bot");
    expect(after?.authorities).toEqual([]);
    expect(after?.principal.epoch).toBeGreaterThan(before);
  });
});

describe("loginLookup", () => {
  it("finds a tenant by its slug, and every tenant of a proved domain, with nothing but what a login needs", async () => {
    const [one, other, unproved] = [
      await makePlace(world),
      await makePlace(world),
      await makePlace(world),
    ];
    for (const { tenant } of [one, other, unproved]) {
      await world.superuser.query(
        "insert into email_domains (tenant_id, id, domain, proved_at, challenge) values ($1, $2, 'shared.test', $3, repeat('c', 32))",
        [tenant.id, newId(1), tenant === unproved.tenant ? null : new Date()],
      );
    }
    const provider = newId(1);
    await world.superuser.query(
      "insert into identity_providers (tenant_id, id, issuer, client_id) values ($1, $2, 'https://idp.test', 'console')",
      [one.tenant.id, provider],
    );
    const { id, name, slug } = one.tenant;
    const scopes = "openid email profile";
    expect(await loginLookup(1, { slug })).toEqual([
      {
        tenantId: id,
        name,
        slug,
        providers: [
          {
            id: provider,
            name: "Single sign-on",
            issuer: "https://idp.test",
            clientId: "console",
            scopes,
          },
        ],
      },
    ]);
    const byDomain = await loginLookup(1, { domain: "shared.test" });
    expect(byDomain.map((tenant) => tenant.tenantId).toSorted()).toEqual(
      [id, other.tenant.id].toSorted(),
    );
    expect(byDomain.find((tenant) => tenant.tenantId === other.tenant.id)?.providers).toEqual([]);
    expect(await loginLookup(1, { slug: "platform" })).toEqual([]);
  });
});

describe("foundTenant", () => {
  it("leaves nothing of a tenant whose creation dies half-way", async () => {
    const platform = { id: platformTenantId(1), name: "", slug: "", region: "us-east-1", cell: 1 };
    const admin = await makePerson(world.superuser, platform, { kind: "platform" });
    const grant = grantIn(admin.principal, "tenant:create", platform.id, null);
    const id = newId(grant);
    const dying = foundTenant(grant, id, async (tx) => {
      await tx.tenant.create({ data: { id, name: "Half", slug: "half", region: "us-east-1" } });
      await tx.user.create({ data: { id: newId(grant), kind: "user", displayName: "First" } });
      throw new RangeError("half-way");
    });
    await expect(dying).rejects.toThrow(RangeError);
    expect(await countOf(world, "select count(*) from tenants where tenant_id = $1", [id])).toBe(0);
    await expect(foundTenant(grant, newId(2), async () => undefined)).rejects.toThrow(TypeError);
    await expect(foundTenant(grant, platform.id, async () => undefined)).rejects.toThrow(TypeError);
  });
});

describe("admitIdentity", () => {
  it("makes a user and a session in the tenant, with an event by the actor it found", async () => {
    const userId = newId(1);
    await admitIdentity(place.tenant.id, async (tx) => {
      await tx.user.create({ data: { id: userId, kind: "user", displayName: "Newcomer" } });
      const actor = { id: userId, kind: "user", authentication: "session" } as const;
      await appendEvent(tx, {
        type: "member.joined",
        resource: { type: "user", id: userId },
        actor,
      });
    });
    const { rows } = await world.superuser.query(
      "select events[1] as event from audit_inbox where events[1] like $1",
      [`%${userId}%`],
    );
    expect(JSON.parse(rows[0].event)).toMatchObject({
      tenantId: place.tenant.id,
      actor: { id: userId, kind: "user", authentication: "session" },
      workspaceId: null,
    });
  });

  it("reaches no other tenant", async () => {
    const other = await makePlace(world);
    const found = await admitIdentity(place.tenant.id, (tx) =>
      tx.user.findFirst({ where: { id: other.person.id } }),
    );
    expect(found).toBeNull();
  });
});

describe("systemJob", () => {
  it("expires across tenants what has ended, and nothing else", async () => {
    const other = await makePlace(world);
    const ids = [
      await makeSession(world, place),
      await makeSession(world, other),
      await makeSession(world, other),
    ];
    await world.superuser.query(
      "update sessions set absolute_expires_at = now() - interval '2 days' where id = any($1)",
      [ids.slice(0, 2)],
    );
    const expired = await systemJob("expire", 1, (job) => job.expireSessions());
    expect(expired).toBe(2);
    expect(await countOf(world, "select count(*) from sessions where id = any($1)", [ids])).toBe(1);
  });

  it("writes its event as the system, with its name", async () => {
    const id = await systemJob("tidy", 1, (job) =>
      job.appendEvent({
        tenantId: place.tenant.id,
        type: "session.ended",
        resource: { type: "session", id: newId(1) },
      }),
    );
    expect(
      await countOf(
        world,
        "select count(*) from audit_inbox where id = $1 and events[1] like '%\"system:tidy\"%'",
        [id],
      ),
    ).toBe(1);
  });

  it("rolls back when it throws", async () => {
    const id = await makeSession(world, place);
    await world.superuser.query(
      "update sessions set absolute_expires_at = now() - interval '2 days' where id = $1",
      [id],
    );
    const failing = systemJob("expire", 1, async (job) => {
      await job.expireSessions();
      throw new RefusedByDatabase("thought better of it");
    });
    await expect(failing).rejects.toThrow(RefusedByDatabase);
    expect(await countOf(world, "select count(*) from sessions where id = $1", [id])).toBe(1);
  });
});
