import { TENANT_WIDE } from "@aic-sos/policy/grant";
import { freshId } from "@aic-sos/testkit/make-id";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditTrail } from "./audit-trail.ts";
import { type Harness, startHarness } from "./harness.ts";
import { httpCaller } from "./http-caller.ts";
import { freshName, inputFor, makePlace, type Place } from "./places.ts";
import { startSecondServer } from "./second-server.ts";
import { type Actor, makeActor, makeHome, yaml } from "./world.ts";

let harness: Harness;
let place: Place;
beforeAll(async () => {
  harness = await startHarness();
  const { tenant, workspace } = await makeHome(harness, harness.us);
  place = await makePlace(harness, tenant, workspace);
});
afterAll(() => harness.stop());

function operator(): Promise<Actor> {
  return makeActor(harness, place.tenant, { role: "Operator", workspace: place.workspace });
}

/** The security events of an actor, oldest first. */
async function toldOf(actorId: string) {
  const events = await auditTrail(harness.cells, harness.us, { class: "security" });
  return events.filter((event) => event.actor.id === actorId);
}

async function countedAs(type: string): Promise<number> {
  const { text } = await harness.anonymous.get("/metrics");
  const line = new RegExp(
    `^aic_security_events_total\\{region="us-east-1",type="${type}"[^}]*\\} (\\d+)`,
    "m",
  );
  return Number(line.exec(text)?.[1] ?? 0);
}

describe("denials that repeat", () => {
  it("are one event, however many follow and on whichever server they come", async () => {
    const second = await startSecondServer(harness);
    try {
      const actor = await operator();
      const elsewhere = httpCaller(second.url, actor.headers);
      const denials = Array.from({ length: 24 }, (_, at) =>
        (at % 2 === 0 ? actor : elsewhere).post(
          "/api/provider-keys",
          inputFor("providerKey.create", place),
        ),
      );
      const answers = await Promise.all(denials);
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([403]));
      expect(await toldOf(actor.person.id)).toMatchObject([
        {
          type: "security.repeated_denials",
          outcome: "deny",
          reason: "role_lacks_permission",
          count: 10,
          tenantId: place.tenant.id,
        },
      ]);
    } finally {
      await second.stop();
    }
  });

  it("are none while they are fewer than ten, or only lack a workspace's name", async () => {
    const actor = await operator();
    for (let denied = 0; denied < 9; denied += 1) {
      await actor.post("/api/provider-keys", inputFor("providerKey.create", place));
    }
    expect(await toldOf(actor.person.id)).toEqual([]);
  });
});

describe("what no role can allow", () => {
  it("is a security event when it is asked for: an auditor who would change something", async () => {
    const auditor = await makeActor(harness, place.tenant, {
      role: "Auditor",
      workspace: place.workspace,
    });
    const answer = await auditor.post("/api/workflows", { source: yaml(freshName("audited")) });
    expect(answer.status).toBe(403);
    expect(await toldOf(auditor.person.id)).toMatchObject([
      { type: "security.invariant_refused", reason: "auditor_never_mutates" },
    ]);
  });

  it("is a security event when only the database refused it", async () => {
    const db = await harness.cells.superuser(harness.us);
    await db.query("revoke insert on workflows from aic_app");
    const actor = await operator();
    const answer = await actor.post("/api/workflows", { source: yaml(freshName("refused")) });
    await db.query("grant insert on workflows to aic_app");
    expect(answer.status).toBe(409);
    expect(await toldOf(actor.person.id)).toMatchObject([
      {
        type: "security.invariant_broken",
        procedure: "workflow.create",
        permission: "workflow:create",
        tenantId: place.tenant.id,
      },
    ]);
  });

  it("is none when the database refuses for an ordinary reason", async () => {
    const actor = await operator();
    const source = yaml(freshName("twice"));
    await actor.post("/api/workflows", { source });
    expect((await actor.post("/api/workflows", { source })).status).toBe(409);
    expect(await toldOf(actor.person.id)).toEqual([]);
  });
});

describe("an audit log that is not what was signed", () => {
  it("is a security event in that log, once an hour", { timeout: 30_000 }, async () => {
    const { tenant, workspace } = await makeHome(harness, harness.us);
    const admin = await makeActor(harness, tenant, { role: "WorkspaceAdmin", workspace });
    const db = await harness.cells.superuser(harness.us);
    const signed = () =>
      db.query("select from audit_checkpoints where tenant_id = $1", [tenant.id]);
    await admin.get("/api/me");
    await expect.poll(async () => (await signed()).rowCount, { timeout: 10_000 }).toBe(1);
    await db.query("begin");
    await db.query("set local session_replication_role = replica");
    await db.query("delete from audit_events where tenant_id = $1", [tenant.id]);
    await db.query("commit");
    await Promise.all(Array.from({ length: 5 }, () => admin.get("/api/me")));
    const told = () =>
      auditTrail(harness.cells, harness.us, {
        type: "security.audit_log_inconsistent",
        tenantId: tenant.id,
      });
    await admin.get("/api/me");
    await expect.poll(async () => (await told()).length, { timeout: 10_000 }).toBe(1);
    const refused = async () => {
      const { text } = await harness.anonymous.get("/metrics");
      const counted = /^aic_audit_checkpoints_total\{[^}]*outcome="refused"[^}]*\} (\d+)/m.exec(
        text,
      );
      return Number(counted?.[1] ?? 0);
    };
    const before = await refused();
    await admin.get("/api/me");
    await expect.poll(refused, { timeout: 10_000 }).toBeGreaterThan(before);
    expect(await told()).toHaveLength(1);
  });
});

describe("an audit event that the log does not take", () => {
  it("is a security event of its tenant and a metric, and others are sealed", async () => {
    const { tenant } = await makeHome(harness, harness.us);
    const db = await harness.cells.superuser(harness.us);
    const id = freshId(harness.us.code);
    const pastTriggers = async (sql: string, values: string[]) => {
      await db.query("begin");
      await db.query("set local session_replication_role = replica");
      const { rowCount } = await db.query(sql, values);
      await db.query("commit");
      return rowCount;
    };
    // As one that an older server let in: JSON, but no event.
    await pastTriggers(
      "insert into audit_inbox (tenant_id, id, size, event_ids, events) values ($1, $2, 1, array[$2::uuid], array['{}'])",
      [tenant.id, id],
    );
    const told = () =>
      auditTrail(harness.cells, harness.us, {
        type: "security.event_unsealable",
        tenantId: tenant.id,
      });
    await expect.poll(async () => (await told()).length, { timeout: 10_000 }).toBe(1);
    expect((await told())[0]).toMatchObject({ resource: { type: "audit_event", id } });
    const { text } = await harness.anonymous.get("/metrics");
    expect(text).toMatch(/^aic_audit_unsealable_events\{region="us-east-1"[^}]*\} 1/m);
    expect(await pastTriggers("delete from audit_inbox where id = $1", [id])).toBe(1);
  });
});

describe("security events", () => {
  it("of a flood are told thirty times a minute, while each denial stands in the log", async () => {
    const actor = await operator();
    const foreign = inputFor("run.read", place)["runId"]?.toString().replace("-8001-", "-8002-");
    await Promise.all(Array.from({ length: 40 }, () => actor.get(`/api/runs/${foreign}`)));
    const events = await auditTrail(harness.cells, harness.us);
    const own = Map.groupBy(
      events.filter((event) => event.actor.id === actor.person.id),
      ({ type }) => type,
    );
    expect(own.get("decision.denied")).toHaveLength(40);
    expect(own.get("security.region_mismatch")).toHaveLength(30);
    expect(own.get("security.repeated_denials")).toHaveLength(1);
  });

  it("are listed for whoever may read them, and are counted by type once they are sealed", async () => {
    const auditor = await makeActor(harness, place.tenant, { role: "Auditor" });
    const types = async () => {
      const headers = { "x-workspace-id": TENANT_WIDE };
      const { body } = await auditor.get("/api/security-events?limit=100", { headers });
      return new Set((body as { items: { type: string }[] }).items.map(({ type }) => type));
    };
    const told = [
      "security.repeated_denials",
      "security.invariant_refused",
      "security.invariant_broken",
      "security.region_mismatch",
    ];
    await expect
      .poll(async () => [...(await types())].toSorted(), { timeout: 5_000 })
      .toEqual(told.toSorted());
    // Whoever seals an event counts it: those before may have been counted at the second server, which is gone.
    const actor = await operator();
    for (let denied = 0; denied < 10; denied += 1) {
      await actor.post("/api/provider-keys", inputFor("providerKey.create", place));
    }
    for (const type of told) {
      await expect
        .poll(() => countedAs(type), { message: type, timeout: 5_000 })
        .toBeGreaterThan(0);
    }
  });
});
