import { cellOf, isId } from "@aic-sos/contract/ids";
import { PERMISSIONS } from "@aic-sos/contract/permissions";
import { freshId } from "@aic-sos/testkit/make-id";
import { makeWorkspace } from "@aic-sos/testkit/make-workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type RestProcedure, restProcedures } from "../src/trpc/rest-procedures.ts";
import { auditTrail } from "./audit-trail.ts";
import { type Harness, startHarness } from "./harness.ts";
import type { Answer } from "./http-caller.ts";
import { inputFor, makePlace, type Place } from "./places.ts";
import { callRest, callTrpc, type Input, problemIn, queries } from "./procedure-calls.ts";
import { type Actor, makeActor, makeHome } from "./world.ts";

let harness: Harness;
let home: Place;
let neighbour: Place;
let stranger: Place;
let abroad: Place;

beforeAll(async () => {
  harness = await startHarness();
  const db = await harness.cells.superuser(harness.us);
  const [one, two, three] = [
    await makeHome(harness, harness.us),
    await makeHome(harness, harness.us),
    await makeHome(harness, harness.eu),
  ];
  home = await makePlace(harness, one.tenant, one.workspace);
  neighbour = await makePlace(harness, one.tenant, await makeWorkspace(db, one.tenant));
  stranger = await makePlace(harness, two.tenant, two.workspace);
  abroad = await makePlace(harness, three.tenant, three.workspace);
});
afterAll(() => harness.stop());

/** Names of the ids that a procedure's input has. */
function idsOf({ input }: RestProcedure): string[] {
  const schema = z.toJSONSchema(input, { io: "input", unrepresentable: "any" });
  const found: string[] = [];
  const walk = (node: unknown, name: string): void => {
    if (typeof node !== "object" || node === null) return;
    if ("$ref" in node && node.$ref === "#/$defs/Id") found.push(name);
    for (const [key, value] of Object.entries(node)) {
      if (key === "$defs") continue;
      walk(value, key === "properties" || /^\d+$/.test(key) ? name : key);
    }
  };
  walk(schema, "");
  return [...new Set(found.filter((name) => name !== ""))];
}

/** Without what is a request's own: its id. */
function withoutRequestId(answer: Answer): string {
  const requestId = answer.headers.get("x-request-id") ?? "none";
  return `${answer.status} ${answer.text.replaceAll(requestId, "")}`;
}

function missing(input: Input, names: readonly string[]): Input {
  const replaced = names.filter((name) => name in input).map((name) => [name, freshId(1)]);
  return { ...input, ...Object.fromEntries(replaced) };
}

const withIds = restProcedures.filter((procedure) => idsOf(procedure).length > 0);

describe("what another workspace or another tenant holds", () => {
  const reads = queries.filter((procedure) => idsOf(procedure).length > 0);

  it.each(reads.map((procedure) => [procedure.key, procedure] as const))(
    "looks to %s like what does not exist, byte for byte",
    async (_, procedure) => {
      const isOfTenant = PERMISSIONS[procedure.permission].scope === "tenant";
      // What is the tenant's own, its other workspaces share.
      for (const place of isOfTenant ? [stranger] : [neighbour, stranger]) {
        const existing = inputFor(procedure.key, place);
        const absent = missing(existing, idsOf(procedure));
        const callers: Actor[] = [
          isOfTenant
            ? await makeActor(harness, home.tenant, { role: "WorkspaceAdmin" })
            : home.admin,
        ];
        for (const caller of callers) {
          for (const call of [callRest, callTrpc]) {
            const one = await call(caller, procedure, existing);
            if (procedure.key === "tenant.read" && place === neighbour) continue;
            // A question about oneself is answered wherever it is about: no.
            const isQuestion = procedure.key.startsWith("authz.") && "workspaceId" in existing;
            expect(one.status, one.text).toBe(isQuestion ? 200 : 404);
            expect(withoutRequestId(one)).toBe(
              withoutRequestId(await call(caller, procedure, absent)),
            );
          }
        }
      }
    },
  );

  it("looks so also to one whose role covers the whole tenant, when it is another tenant's", async () => {
    const boss = await makeActor(harness, home.tenant, { role: "WorkspaceAdmin" });
    for (const procedure of withIds) {
      // The audit log of one's own attempts is one's own.
      if (/^(?:workspace:create|audit_event:read|security_event:read)$/.test(procedure.permission))
        continue;
      const existing = inputFor(procedure.key, stranger);
      const one = await callRest(boss, procedure, existing);
      const other = await callRest(boss, procedure, missing(existing, idsOf(procedure)));
      // A list of a workspace that is not there has nothing in it; nothing else differs either.
      expect([200, 404], `${procedure.key}: ${one.text}`).toContain(one.status);
      expect(withoutRequestId(one), procedure.key).toBe(withoutRequestId(other));
      expect(one.text).not.toContain(stranger.admin.person.id);
    }
  });

  it("is reached neither by an id of one's own beside it: path, body and header must agree", async () => {
    const boss = await makeActor(harness, home.tenant, { role: "WorkspaceAdmin" });
    for (const header of [stranger.workspace.id, neighbour.workspace.id]) {
      const answer = await boss.get(`/api/runs/${home.runId}?workspaceId=${home.workspace.id}`, {
        headers: { "x-workspace-id": header },
      });
      expect([answer.status, problemIn(answer)?.["reason"]]).toEqual([403, "workspace_mismatch"]);
    }
  });

  it("is not in any list", async () => {
    const boss = await makeActor(harness, home.tenant, { role: "WorkspaceAdmin" });
    const foreign = [stranger, abroad].flatMap((place) =>
      Object.values(place).filter((id) => typeof id === "string"),
    );
    for (const path of ["workspaces", "runs", "members", "provider-keys", "connectors"]) {
      const { status, text } = await boss.get(`/api/${path}?limit=100`, {
        headers: { "x-workspace-id": "*" },
      });
      expect(status, text).toBe(200);
      expect(foreign.filter((id) => text.includes(id))).toEqual([]);
    }
  });

  it("cannot be reached by a key that is bound to one workspace, whatever roles its service has", async () => {
    const key = await makeActor(harness, home.tenant, {
      role: "WorkspaceAdmin",
      service: true,
      keyWorkspace: home.workspace,
    });
    expect((await key.get(`/api/runs/${home.runId}`)).status).toBe(200);
    const answer = await key.get(
      `/api/runs/${neighbour.runId}?workspaceId=${neighbour.workspace.id}`,
    );
    expect([answer.status, problemIn(answer)?.["reason"]]).toEqual([403, "workspace_mismatch"]);
    expect((await key.post("/api/workspaces", inputFor("workspace.create", home))).status).toBe(
      403,
    );
  });

  it("shows in the owner's security events when somebody names another tenant", async () => {
    const actor = await makeActor(harness, home.tenant, {
      role: "Operator",
      workspace: home.workspace,
    });
    await actor.get(`/api/tenants/${stranger.tenant.id}`);
    const events = await auditTrail(harness.cells, harness.us, {
      type: "security.tenant_mismatch",
    });
    expect(events.filter(({ actor: { id } }) => id === actor.person.id)).toMatchObject([
      {
        tenantId: home.tenant.id,
        outcome: "deny",
        resource: { type: "tenant", id: stranger.tenant.id },
      },
    ]);
  });
});

/** How many rows each table has, as the database's superuser sees them. */
/** Of every table but the checkpoints, which the region's own signer makes when it is time. */
async function rowsAbroad(): Promise<Record<string, number>> {
  const db = await harness.cells.superuser(harness.eu);
  const { rows: tables } = await db.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind = 'r' and c.relname <> 'audit_checkpoints' order by 1`,
  );
  const counted: Record<string, number> = {};
  for (const { name } of tables) {
    const { rows } = await db.query<{ count: string }>(`select count(*) from ${name}`);
    counted[name] = Number(rows[0]?.count);
  }
  return counted;
}

/** Transactions that the application's roles have ended in the other region's database. */
async function transactionsAbroad(): Promise<number> {
  const db = await harness.cells.superuser(harness.eu);
  const { rows } = await db.query<{ seen: string }>(
    `select count(*) as seen from pg_stat_activity
      where datname = current_database() and usename in ('aic_app', 'aic_audit') and query_start > now() - interval '1 second'`,
  );
  return Number(rows[0]?.seen);
}

describe("an id of another region", () => {
  const positions = withIds.flatMap((procedure) =>
    idsOf(procedure).map((name) => [procedure, name] as const),
  );

  it("has its place in every procedure that names anything", () => {
    expect(positions.length).toBeGreaterThan(30);
    const keys = new Set(positions.map(([{ key }]) => key));
    const without = restProcedures.filter(({ key }) => !keys.has(key)).map(({ key }) => key);
    expect(without).toEqual([
      "appSession.answerDevice",
      "appSession.list",
      "appSession.readDevice",
      "appSession.revokeAll",
      "clientAuthority.list",
      "clientAuthority.register",
      "emailDomain.list",
      "groupRule.list",
      "identityProvider.create",
      "identityProvider.list",
      "me.read",
      "platformKey.disable",
      "platformKey.read",
      "platformKey.rotate",
      "session.end",
      "session.list",
      "session.revokeOthers",
      "tenant.create",
      "tenant.list",
      "webhook.create",
      "webhook.list",
      "workspace.list",
    ]);
  });

  it.each(positions.map(([procedure, name]) => [procedure.key, name, procedure] as const))(
    "in %s as %s is refused as such, and is a security event at home",
    async (key, name, procedure) => {
      const actor = await makeActor(harness, home.tenant, {
        role: "WorkspaceAdmin",
        workspace: home.workspace,
      });
      const foreign = inputFor(key, abroad)[name] ?? freshId(2);
      const input = { ...inputFor(key, home), [name]: foreign };
      for (const call of [callRest, callTrpc]) {
        const answer = await call(actor, procedure, input);
        expect([answer.status, problemIn(answer)?.["code"]], answer.text).toEqual([
          403,
          "region_mismatch",
        ]);
      }
      const events = await auditTrail(harness.cells, harness.us, {
        type: "security.region_mismatch",
      });
      const own = events.filter((event) => event.actor.id === actor.person.id);
      expect(
        own.map(({ class: kind, outcome, procedure: where }) => [kind, outcome, where]),
      ).toEqual([
        ["security", "deny", key],
        ["security", "deny", key],
      ]);
      expect(own[0]?.tenantId).toBe(home.tenant.id);
    },
  );

  it("is refused in the header and as a cursor, too", async () => {
    const header = await home.admin.get("/api/runs", {
      headers: { "x-workspace-id": abroad.workspace.id },
    });
    const cursor = await home.admin.get(`/api/runs?cursor=${abroad.runId}`);
    const upper = await home.admin.get(`/api/runs/${abroad.runId.toUpperCase()}`);
    for (const answer of [header, cursor, upper]) {
      expect([answer.status, problemIn(answer)?.["code"]]).toEqual([403, "region_mismatch"]);
    }
  });

  it("is refused in the other direction as well: nobody of the EU asks the US", async () => {
    const answer = await abroad.admin.get(`/api/runs/${home.runId}`);
    expect([answer.status, problemIn(answer)?.["code"]]).toEqual([403, "region_mismatch"]);
    const [event] = (
      await auditTrail(harness.cells, harness.eu, { type: "security.region_mismatch" })
    ).slice(-1);
    expect(event).toMatchObject({ tenantId: abroad.tenant.id, region: "eu-west-1" });
  });

  it("never reaches the other region's database: no row, no event, and no answer when it is gone", async () => {
    // Wait out the jobs, which seal what the tests above have left there.
    await expect.poll(async () => (await rowsAbroad())["audit_inbox"]).toBe(0);
    const before = await rowsAbroad();
    await expect.poll(transactionsAbroad, { timeout: 5_000 }).toBe(0);
    for (const [procedure, name] of positions) {
      const foreign = inputFor(procedure.key, abroad)[name] ?? freshId(2);
      await callRest(home.admin, procedure, { ...inputFor(procedure.key, home), [name]: foreign });
    }
    expect(await transactionsAbroad()).toBe(0);
    expect(await rowsAbroad()).toEqual(before);
  });

  it("tells nothing: existing and missing get the same answer but for the decision's id", async () => {
    const sameBut = (answer: Answer) => {
      const { requestId: _r, decisionId: _d, ...rest } = problemIn(answer) ?? {};
      return rest;
    };
    const existing = await home.admin.get(`/api/runs/${abroad.runId}`);
    const absent = await home.admin.get(`/api/runs/${freshId(2)}`);
    expect(sameBut(existing)).toEqual(sameBut(absent));
  });
});

describe("every id that leaves the server", () => {
  it("carries the region of its tenant", async () => {
    for (const [place, cell] of [
      [home, 1],
      [abroad, 2],
    ] as const) {
      const { text } = await place.admin.get(`/api/workflows/${place.workspace.id}`);
      const ids =
        text.match(/[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g) ?? [];
      expect(ids.length).toBeGreaterThan(3);
      expect(ids.filter((id) => !isId(id) || cellOf(id) !== cell)).toEqual([]);
    }
  });
});
