import { setTimeout as sleep } from "node:timers/promises";
import { firstChainFault } from "@aic-sos/audit/chain";
import { platformTenantId } from "@aic-sos/contract/ids";
import { PERMISSIONS } from "@aic-sos/contract/permissions";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditTrail } from "./audit-trail.ts";
import { type Harness, startHarness } from "./harness.ts";
import type { Answer } from "./http-caller.ts";
import { freshName, inputFor, makePlace, type Place } from "./places.ts";
import { callRest, problemIn, queries } from "./procedure-calls.ts";
import { makeActor, makeHome, yaml } from "./world.ts";

let harness: Harness;
let place: Place;
let stranger: Place;

beforeAll(async () => {
  harness = await startHarness();
  const [one, two] = [await makeHome(harness, harness.us), await makeHome(harness, harness.us)];
  place = await makePlace(harness, one.tenant, one.workspace);
  stranger = await makePlace(harness, two.tenant, two.workspace);
});
afterAll(() => harness.stop());

function eventsOf(answer: Answer) {
  return auditTrail(harness.cells, harness.us, { requestId: answer.headers.get("x-request-id") });
}

describe("every request of a known caller", () => {
  it("that reads has left its decision when it is answered", { timeout: 60_000 }, async () => {
    const boss = await makeActor(harness, place.tenant, { role: "WorkspaceAdmin" });
    const proof = `/api/audit/events/${place.eventId}/proof`;
    await expect
      .poll(async () => (await place.admin.get(proof)).status, { timeout: 10_000 })
      .toBe(200);
    for (const procedure of queries) {
      if (/^(?:tenant|platform_key):/.test(procedure.permission)) continue;
      const caller = PERMISSIONS[procedure.permission].scope === "tenant" ? boss : place.admin;
      const answer = await callRest(caller, procedure, inputFor(procedure.key, place));
      expect(answer.status, answer.text).toBe(procedure.status);
      expect(await eventsOf(answer), procedure.key).toMatchObject([
        {
          type: "decision.allowed",
          procedure: procedure.key,
          permission: procedure.permission,
          outcome: "allow",
          actor: { id: caller.person.id, kind: "user", authentication: "session" },
          tenantId: place.tenant.id,
          region: "us-east-1",
        },
      ]);
    }
  });

  it("that names the platform's own tenant has left a denial, though nothing was looked up", async () => {
    const reserved = platformTenantId(harness.us.code);
    const answer = await harness.platform.get(`/api/tenants/${reserved}`);
    expect(answer.status).toBe(404);
    expect((await eventsOf(answer)).map(({ type }) => type).toSorted()).toEqual([
      "decision.denied",
      "security.tenant_mismatch",
    ]);
  });

  it("that changes something has left decision and change, tied by the decision's id", async () => {
    const answer = await place.admin.post("/api/workflows", { source: yaml(freshName("audited")) });
    const [decision, change] = await eventsOf(answer);
    expect(decision).toMatchObject({
      class: "decision",
      outcome: "allow",
      procedure: "workflow.create",
    });
    expect(change).toMatchObject({
      class: "change",
      type: "workflow.created",
      decisionId: decision?.id,
      workspaceId: place.workspace.id,
      resource: { type: "workflow", id: (answer.body as { id: string }).id },
    });
  });

  it("that is denied has left the denial and its reason, also where the answer is a plain 404", async () => {
    const operator = await makeActor(harness, place.tenant, {
      role: "Operator",
      workspace: place.workspace,
    });
    const forbidden = await operator.post(
      "/api/provider-keys",
      inputFor("providerKey.create", place),
    );
    const hidden = await operator.get(`/api/workspaces/${stranger.workspace.id}`);
    expect([forbidden.status, hidden.status]).toEqual([403, 404]);
    const [one] = await eventsOf(forbidden);
    expect(one).toMatchObject({ outcome: "deny", reason: "role_lacks_permission" });
    expect(problemIn(forbidden)?.["decisionId"]).toBe(one?.id);
    expect(await eventsOf(hidden)).toMatchObject([{ outcome: "deny", reason: "no_binding" }]);
  });

  it("that failed has left its decision and no change", async () => {
    const source = yaml(freshName("conflict"));
    await place.admin.post("/api/workflows", { source });
    const answer = await place.admin.post("/api/workflows", { source });
    expect(answer.status).toBe(409);
    expect((await eventsOf(answer)).map(({ type }) => type)).toEqual(["decision.allowed"]);
  });

  it("of the platform leaves its decision with the platform and the change with the tenant", async () => {
    const answer = await harness.platform.post("/api/tenants", {
      name: freshName("Audited"),
      region: "us-east-1",
    });
    const { tenant } = answer.body as { tenant: { id: string } };
    const events = await eventsOf(answer);
    expect(events.map(({ type, tenantId }) => [type, tenantId])).toEqual([
      ["decision.allowed", "00000000-0000-8001-8000-000000000000"],
      ["tenant.created", tenant.id],
      ["administrator.invited", tenant.id],
    ]);
  });
});

describe("the audit log", () => {
  it("is sealed within a second, in a chain without a gap or a fault", async () => {
    const answer = await place.admin.get("/api/me");
    const db = await harness.cells.superuser(harness.us);
    await expect
      .poll(
        async () =>
          (await db.query("select from audit_inbox where tenant_id = $1", [place.tenant.id]))
            .rowCount,
        {
          timeout: 3_000,
        },
      )
      .toBe(0);
    const { rows } = await db.query<{
      seq: string;
      event: string;
      leaf_hash: Buffer;
      previous_chain_hash: Buffer;
      chain_hash: Buffer;
    }>(
      "select seq, event, leaf_hash, previous_chain_hash, chain_hash from audit_events where tenant_id = $1 order by seq",
      [place.tenant.id],
    );
    const links = rows.map((row) => ({
      seq: Number(row.seq),
      text: row.event,
      leafHash: row.leaf_hash,
      previousChainHash: row.previous_chain_hash,
      chainHash: row.chain_hash,
    }));
    expect(links.length).toBeGreaterThan(10);
    expect(firstChainFault(links)).toBeUndefined();
    expect(rows.at(-1)?.event).toContain(answer.headers.get("x-request-id"));
  });

  it("is read newest first, by pages, and reading it is in it", async () => {
    const first = await place.admin.get("/api/audit-events?limit=3");
    const { items, nextCursor } = first.body as { items: { seq: number }[]; nextCursor: string };
    const [newest = { seq: 0 }] = items;
    expect(items.map(({ seq }) => newest.seq - seq)).toEqual([
      0,
      expect.any(Number),
      expect.any(Number),
    ]);
    const second = await place.admin.get(`/api/audit-events?limit=3&cursor=${nextCursor}`);
    const older = (second.body as { items: { seq: number }[] }).items;
    expect(older.every(({ seq }) => seq < (items.at(-1)?.seq ?? 0))).toBe(true);
    expect(await eventsOf(first)).toMatchObject([
      { procedure: "audit.listEvents", outcome: "allow" },
    ]);
  });
});

describe("while the audit log cannot be written", () => {
  async function withoutAudit(use: () => Promise<void>): Promise<void> {
    const db = await harness.cells.superuser(harness.us);
    await db.query("revoke insert on audit_inbox from aic_audit");
    try {
      await use();
    } finally {
      await db.query(
        "grant insert (tenant_id, id, size, event_ids, events) on audit_inbox to aic_audit",
      );
    }
  }

  async function rows(table: string): Promise<number> {
    const db = await harness.cells.superuser(harness.us);
    return (await db.query(`select from ${table}`)).rowCount ?? 0;
  }

  it("nothing is read and nothing is changed, by anybody; then all goes on", async () => {
    const before = await rows("workflows");
    const tenants = await rows("tenants");
    await withoutAudit(async () => {
      const answers = [
        await place.admin.get("/api/me"),
        await place.admin.get(`/api/workflows/${place.workspace.id}`),
        await place.admin.get(`/api/workspaces/${stranger.workspace.id}`),
        await place.admin.post("/api/workflows", { source: yaml(freshName("unseen")) }),
        await place.admin.query("run.list", {}),
        await place.admin.mutate("workflow.create", { source: yaml(freshName("unseen")) }),
        await harness.platform.post("/api/tenants", {
          name: freshName("Unseen"),
          region: "us-east-1",
        }),
      ];
      for (const answer of answers) {
        expect([answer.status, problemIn(answer)?.["code"]]).toEqual([503, "audit_unavailable"]);
        expect(answer.text).not.toContain("permission denied");
      }
      expect(await rows("workflows")).toBe(before);
      expect(await rows("tenants")).toBe(tenants);
    });
    await sleep(100);
    expect((await place.admin.get("/api/me")).status).toBe(200);
    expect(
      (await place.admin.post("/api/workflows", { source: yaml(freshName("seen")) })).status,
    ).toBe(201);
  });

  it("the other region goes on", async () => {
    await withoutAudit(async () => {
      const answer = await harness.platform.post("/api/tenants", {
        name: freshName("Abroad"),
        region: "eu-west-1",
      });
      // The platform key is looked up at home and the decision is written abroad.
      expect(answer.status, answer.text).toBe(201);
    });
  });
});

describe("a secret", () => {
  const SECRETS = {
    key: "sk-planted-key-5f3a9c1e7b2d4068aa",
    password: "planted-password-77f1",
    signing: "planted-signing-secret-3c9",
    content: "planted content of a complaint",
    bearer: "aic_platform_planted0planted0planted0planted",
    invalid: "planted-in-a-field-that-is-wrong",
  };

  /** As itself, in hexadecimal, and in base64 at each of three offsets. */
  function shapesOf(secret: string): string[] {
    const base64 = [0, 1, 2].map((shift) => {
      const text = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]).toString("base64");
      return text.slice(shift === 0 ? 0 : 4, -4);
    });
    return [secret, Buffer.from(secret).toString("hex"), ...base64];
  }

  it("that is sent in any field is in no log line, no event and no table in the clear", async () => {
    const { admin } = place;
    const hook = {
      kind: "webhook",
      name: freshName("Hook"),
      config: { url: "https://a.example.test/" },
    };
    await admin.put(`/api/workspaces/${place.workspace.id}/data-mode`, {
      dataPersistenceMode: "full",
    });
    await admin.post(
      "/api/provider-keys",
      { provider: "openai", name: "Planted", key: SECRETS.key },
      { headers: { "idempotency-key": "planted" } },
    );
    await admin.post("/api/connectors/install", {
      ...hook,
      credentials: { signingSecret: SECRETS.signing },
    });
    await admin.post("/api/connectors/install", {
      ...inputFor("connector.install", place),
      credentials: { username: "someone", password: SECRETS.password },
    });
    const run = {
      workflowId: place.workflowId,
      inputs: { ticket: "INC1000", complaint: SECRETS.content },
    };
    expect(
      (await admin.post("/api/runs", run, { headers: { "idempotency-key": "planted" } })).status,
    ).toBe(201);
    // And where it is wrong: over both faces, in names, in addresses, in headers, in broken JSON.
    await admin.post("/api/provider-keys", {
      provider: SECRETS.invalid,
      name: "x",
      key: `${SECRETS.key} `,
    });
    await admin.mutate("providerKey.create", { provider: "openai", key: SECRETS.key });
    await admin.query("run.list", { cursor: SECRETS.invalid });
    await admin.get(`/api/runs/${SECRETS.invalid}?workspaceId=${SECRETS.invalid}`);
    await admin.send("POST", "/api/provider-keys", undefined, { raw: `{"key":"${SECRETS.key}",` });
    await admin.get("/api/runs", {
      headers: { "x-workspace-id": SECRETS.invalid, traceparent: SECRETS.invalid },
    });
    await harness.anonymous.get("/api/me", {
      headers: { authorization: `Bearer ${SECRETS.bearer}` },
    });
    await admin.post("/api/workflows", { source: `a: ${SECRETS.invalid}` });
    await sleep(600);
    const shapes = Object.values(SECRETS).flatMap(shapesOf);
    const found = (text: string) => shapes.filter((shape) => text.includes(shape));
    expect(found(harness.log.join(""))).toEqual([]);
    expect(found(JSON.stringify(await auditTrail(harness.cells, harness.us)))).toEqual([]);
    expect(found(await dump())).toEqual([]);
    expect((await admin.get("/metrics")).text).not.toContain("planted");
    expect(harness.log.length).toBeGreaterThan(20);
  });

  async function dump(): Promise<string> {
    const db = await harness.cells.superuser(harness.us);
    const { rows: tables } = await db.query<{ name: string }>(
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind = 'r'`,
    );
    const parts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await db.query<{ row: object }>(
        `select to_jsonb(t) as row from ${name} as t`,
      );
      parts.push(JSON.stringify(rows));
    }
    expect(parts.join("").length).toBeGreaterThan(10_000);
    return parts.join("");
  }
});
