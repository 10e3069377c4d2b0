import type { AuditEvent } from "@aic-sos/audit/event";
import type { Role } from "@aic-sos/contract/roles";
import { TENANT_WIDE } from "@aic-sos/policy/grant";
import { fillLog, type LogPlace, type RareThings } from "@aic-sos/testkit/fill-log";
import { makePerson } from "@aic-sos/testkit/make-person";
import { makeTenant } from "@aic-sos/testkit/make-tenant";
import { makeWorkspace } from "@aic-sos/testkit/make-workspace";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { denialAt, growLog } from "./audit-world.test-support.ts";
import { type AuditSearch, searchAudit, searchStatement } from "./audit-search.ts";
import { BEGIN_SCOPE } from "./begin-scope.ts";
import { recordDecision } from "./inbox.ts";
import { grantIn, makePlace, openWorld, type World } from "./world.test-support.ts";

const EVENTS = 10_000;

let world: World;
let place: LogPlace;
let rare: RareThings;
let app: Client;

beforeAll(async () => {
  world = await openWorld();
  const db = world.superuser;
  const tenant = await makeTenant(db, world.cell);
  const workspaces = [await makeWorkspace(db, tenant), await makeWorkspace(db, tenant)] as const;
  const person = (role?: Role) => makePerson(db, tenant, role === undefined ? {} : { role });
  place = { tenant, workspaces, busy: await person("Auditor"), rare: await person() };
  rare = await fillLog(db, place, EVENTS);
  app = new Client({ connectionString: world.cell.urls.app });
  await app.connect();
});
afterAll(async () => {
  await app?.end();
  await world?.close();
});

type Asked = Omit<AuditSearch, "limit">;
type Case = readonly [asked: Asked, isOne: (event: AuditEvent) => boolean, index: string];

/** What can be asked, which events that is, and the index that has to answer it. */
function cases(): Readonly<Record<string, Case>> {
  const { resourceId, middle } = rare;
  return {
    "a rare actor": [
      { actorId: place.rare.id },
      (event) => event.actor.id === place.rare.id,
      "audit_events_tenant_id_actor_id_id_idx",
    ],
    "nobody's": [{ actorId: "nobody" }, () => false, "audit_events_tenant_id_actor_id_id_idx"],
    "a rare permission": [
      { actions: ["workflow:delete"] },
      (event) => event.class === "decision" && event.permission === "workflow:delete",
      "audit_events_tenant_id_action_id_idx",
    ],
    "a noun's": [
      { actions: ["role:grant", "role.granted", "role.removed"] },
      (event) => event.class !== "decision" && event.type === "role.removed",
      "audit_events_tenant_id_action_id_idx",
    ],
    "a type": [
      { type: "role.removed" },
      (event) => event.type === "role.removed",
      "audit_events_tenant_id_action_id_idx",
    ],
    denials: [
      { outcome: "deny" },
      (event) => event.outcome === "deny",
      "audit_events_tenant_id_denied_id_idx",
    ],
    "denied decisions": [
      { type: "decision.denied" },
      (event) => event.type === "decision.denied",
      "audit_events_tenant_id_denied_id_idx",
    ],
    "denials of a rare actor": [
      { outcome: "deny", actorId: place.rare.id },
      (event) => event.outcome === "deny" && event.actor.id === place.rare.id,
      "audit_events_tenant_id_actor_id_id_idx",
    ],
    "a rare resource": [
      { resourceType: "run", resourceId },
      (event) => event.resource?.id === resourceId,
      "audit_events_tenant_id_resource_id_idx",
    ],
    "security events": [
      { class: "security" },
      (event) => event.class === "security",
      "audit_events_tenant_id_class_id_idx",
    ],
    changes: [
      { class: "change" },
      (event) => event.class === "change",
      "audit_events_tenant_id_class_id_idx",
    ],
    "a stretch of time": [
      { from: middle, to: at(middle, 3_000) },
      ({ time }) => time >= middle && time < at(middle, 3_000),
      "audit_events_pkey",
    ],
  };
}

function at(instant: string, later: number): string {
  return new Date(Date.parse(instant) + later).toISOString();
}

function grant(workspaceId: string | null) {
  const { busy, tenant } = place;
  return grantIn(busy.principal, "audit_event:read", tenant.id, workspaceId ?? TENANT_WIDE);
}

/** Ids, newest first. */
async function find(search: AuditSearch, workspaceId: string | null = null): Promise<string[]> {
  return (await searchAudit(grant(workspaceId), search)).map(({ id }) => id);
}

/** Of all events, as the superuser sees them: those that are one, newest first. */
async function expected(isOne: (event: AuditEvent) => boolean): Promise<string[]> {
  const { rows } = await world.superuser.query<{ event: string }>(
    "select event from audit_events where tenant_id = $1 order by id desc",
    [place.tenant.id],
  );
  return rows
    .map(({ event }) => JSON.parse(event) as AuditEvent)
    .filter(isOne)
    .map(({ id }) => id);
}

/** How the database answers the application's role. */
async function planOf(asked: Asked, workspaceId: string = TENANT_WIDE): Promise<string> {
  const { tenant, busy } = place;
  const where = { tenantId: tenant.id, workspaceId, cell: tenant.cell };
  const { text, values } = searchStatement(where, { ...asked, limit: 21 });
  await app.query("begin");
  try {
    const { id, principal } = busy;
    await app.query(BEGIN_SCOPE, [tenant.id, workspaceId, tenant.id, id, principal.epoch, true]);
    const { rows } = await app.query(`explain (format json) ${text}`, values);
    return JSON.stringify(rows);
  } finally {
    await app.query("rollback");
  }
}

describe("a search of the audit log", () => {
  it("finds exactly the events that are what was asked for, newest first", async () => {
    for (const [name, [asked, isOne]] of Object.entries(cases())) {
      const found = await find({ ...asked, limit: EVENTS });
      expect([name, found]).toEqual([name, await expected(isOne)]);
    }
    const everything = await find({ limit: EVENTS });
    expect(everything).toEqual(await expected(() => true));
  });

  it("finds only what all filters together say, and from a workspace only its own", async () => {
    const { busy, workspaces } = place;
    const [, other] = workspaces;
    const asked = { actorId: busy.id, outcome: "deny", actions: ["run:read"], limit: 50 } as const;
    const wanted = await expected(
      (event) =>
        event.actor.id === busy.id &&
        event.outcome === "deny" &&
        event.class === "decision" &&
        event.permission === "run:read",
    );
    expect(wanted.length).toBeGreaterThan(20);
    expect(await find(asked)).toEqual(wanted.slice(0, 50));
    const here = await find({ class: "change", limit: EVENTS }, other.id);
    expect(here).toEqual(
      await expected((event) => event.class === "change" && event.workspaceId === other.id),
    );
    expect(await find({ actions: [], limit: 50 })).toEqual([]);
  });

  it("goes on where the page before ended, also among several actions", async () => {
    for (const asked of [
      {},
      { outcome: "deny" },
      { actions: ["run:read", "run.created"] },
    ] as const) {
      const all = await find({ ...asked, limit: 100 });
      const pages: string[] = [];
      while (pages.length < 100) {
        const before = pages.at(-1);
        pages.push(...(await find({ ...asked, ...(before ? { before } : {}), limit: 25 })));
      }
      expect(pages).toEqual(all);
    }
  });

  it("is answered by an index for the application's role, never by reading the log", async () => {
    for (const [name, [asked, , index]] of Object.entries(cases())) {
      const plan = await planOf(asked);
      expect([name, /"Index Name":"([^"]*)"/.exec(plan)?.[1]]).toEqual([name, index]);
      expect([name, plan.includes("Seq Scan"), plan.includes("Index Cond")]).toEqual([
        name,
        false,
        true,
      ]);
    }
    const [first] = place.workspaces;
    const plan = await planOf({ class: "security" }, first.id);
    expect(plan).not.toContain("Seq Scan");
  });
});

it("an event whose id was made a while after its time is found by that time", async () => {
  const other = await makePlace(world);
  const time = at(new Date().toISOString(), -15_000);
  const event = { ...denialAt(other, other.workspace.id), time };
  await recordDecision(1, event);
  await growLog(other, 0);
  const { person, tenant, workspace } = other;
  const reads = grantIn(person.principal, "audit_event:read", tenant.id, workspace.id);
  const found = await searchAudit(reads, { from: time, to: at(time, 1), limit: 5 });
  expect(found.map(({ id }) => id)).toEqual([event.id]);
});
