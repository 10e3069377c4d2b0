import { PERMISSIONS } from "@aic-sos/contract/permissions";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RestProcedure, restProcedures } from "../src/trpc/rest-procedures.ts";
import { type Harness, startHarness } from "./harness.ts";
import type { Caller } from "./http-caller.ts";
import { consumableInputFor, freshName, makePlace, type Place } from "./places.ts";
import { callRest, type Input, mutations, problemIn } from "./procedure-calls.ts";
import { rowsOfTenant } from "./tenant-rows.ts";
import { type Actor, makeActor, makeHome, makeSession, yaml } from "./world.ts";

let harness: Harness;
let place: Place;
let boss: Actor;

beforeAll(async () => {
  harness = await startHarness();
  const { tenant, workspace } = await makeHome(harness, harness.us);
  place = await makePlace(harness, tenant, workspace);
  boss = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
});
afterAll(() => harness?.stop());

type Repair = () => Promise<void>;

/** Ways in which the log takes nothing more. Each answers with what makes it take events again. */
const WAYS: Readonly<Record<string, () => Promise<Repair>>> = {
  "whose right to it was revoked": async () => {
    await asSuperuser("revoke insert on audit_inbox from aic_audit");
    return () =>
      asSuperuser(
        "grant insert (tenant_id, id, size, event_ids, events) on audit_inbox to aic_audit",
      );
  },
  "that somebody has locked": async () => {
    await asSuperuser("begin; lock table audit_inbox in access exclusive mode");
    return () => asSuperuser("commit");
  },
  "to which the connection is cut": async () => {
    const { database } = harness.us;
    await asSuperuser(`revoke connect on database ${database} from aic_audit`);
    await asSuperuser(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = '${database}' and usename = 'aic_audit'`,
    );
    return () => asSuperuser(`grant connect on database ${database} to aic_audit`);
  },
};

async function asSuperuser(sql: string): Promise<void> {
  await (await harness.cells.superuser(harness.us)).query(sql);
}

interface Call {
  readonly procedure: RestProcedure;
  readonly caller: Caller;
  readonly input: Input;
}

/** One call of each procedure, as somebody who may, with something of its own to take away. */
async function callsOf(procedures: readonly RestProcedure[]): Promise<Call[]> {
  const calls: Call[] = [];
  for (const procedure of procedures) {
    const input = await consumableInputFor(procedure.key, place, harness);
    calls.push({ procedure, caller: await callerOf(procedure), input });
  }
  return calls;
}

async function callerOf({ key, permission }: RestProcedure): Promise<Caller> {
  if (PERMISSIONS[permission].scope === "platform") return harness.platform;
  if (key.startsWith("session.")) {
    const { headers } = await makeSession(harness, place.tenant, place.admin.person);
    return { ...place.admin, headers };
  }
  return PERMISSIONS[permission].scope === "tenant" ? boss : place.admin;
}

/** The tenant's rows, and how many tenants there are. */
async function contents() {
  const db = await harness.cells.superuser(harness.us);
  const { rowCount } = await db.query("select from tenants");
  return { rows: await rowsOfTenant(harness, place.tenant.id), tenants: rowCount };
}

/** Calls that were answered otherwise than by a 503 that says nothing of the database. */
async function notRefused(calls: readonly Call[]): Promise<unknown[]> {
  const answers = calls.map(async ({ procedure, caller, input }) => {
    const answer = await callRest(caller, procedure, input);
    const code = problemIn(answer)?.["code"];
    // Of so many at once some may find no connection free: no less a 503.
    const refused = answer.status === 503 && /^(?:audit_)?unavailable$/.test(String(code));
    return refused ? [] : [[procedure.key, answer.status, answer.text.slice(0, 200)]];
  });
  return (await Promise.all(answers)).flat();
}

/** After how many milliseconds a read and a change began that were answered again. */
async function timeToRecover(): Promise<number> {
  const begun = performance.now();
  for (;;) {
    const after = performance.now() - begun;
    const read = await place.admin.get("/api/runs");
    const made = await place.admin.post("/api/workflows", { source: yaml(freshName("after")) });
    if (read.status === 200 && made.status === 201) return after;
    if (after > 5_000) throw new Error(`${read.text} ${made.text}`);
  }
}

describe("with a log", () => {
  it.each(Object.entries(WAYS))(
    "%s, every procedure answers 503, nothing has changed, and all goes on within a second of repair",
    { timeout: 180_000 },
    async (_, breakLog) => {
      const calls = await callsOf(restProcedures);
      expect(calls.length).toBeGreaterThanOrEqual(70);
      const before = await contents();
      const repair = await breakLog();
      const begun = performance.now();
      const answered = await notRefused(calls);
      const waited = performance.now() - begun;
      await repair();
      expect(await timeToRecover()).toBeLessThan(1_000);
      expect(answered).toEqual([]);
      // A locked table is waited for, and not for long: two batches of so many calls at once, on two busy cores.
      expect(waited).toBeLessThan(60_000);
      const { rows, tenants } = await contents();
      expect(tenants).toBe(before.tenants);
      expect([...before.rows].filter((row) => !rows.has(row))).toEqual([]);
      expect([...rows].filter((row) => !before.rows.has(row)).every(isAfterRepair)).toBe(true);
    },
  );

  it("that takes decisions and no changes, every change answers 503 and is none", {
    timeout: 120_000,
  }, async () => {
    const withEvent = mutations.filter(({ key }) => !WITHOUT_CHANGE.has(key));
    const calls = await callsOf(withEvent);
    const before = await contents();
    await asSuperuser("revoke insert on audit_inbox from aic_app");
    const answered = await notRefused(calls);
    await asSuperuser(
      "grant insert (tenant_id, id, size, event_ids, events) on audit_inbox to aic_app",
    );
    expect(answered).toEqual([]);
    expect(await contents()).toEqual(before);
    expect(await timeToRecover()).toBeLessThan(1_000);
  });
});

/** Mutations that find nothing to do: whom they let in again is in, and no login is there instead of the platform key. */
const WITHOUT_CHANGE: ReadonlySet<string> = new Set([
  "member.enable",
  "platformKey.disable",
  "service.enable",
]);

/** Rows of the workflow that shows that all goes on. */
function isAfterRepair(row: string): boolean {
  return /^(?:workflows|workflow_versions) /.test(row);
}
