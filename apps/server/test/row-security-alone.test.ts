import { ROLES } from "@aic-sos/contract/roles";
import type * as decideModule from "@aic-sos/policy/decide";
import type * as grantModule from "@aic-sos/policy/grant";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type RestProcedure, restProcedures } from "../src/trpc/rest-procedures.ts";
import type * as resolveScopeModule from "../src/trpc/steps/resolve-scope.ts";
import { callerOf, makePlaces, type Places } from "./access-cells.ts";
import type { ChecksOff } from "./checks-off.ts";
import { type Harness, startHarness } from "./harness.ts";
import { consumableInputFor } from "./places.ts";
import { callRest, type Input } from "./procedure-calls.ts";
import { idsOfTenant, rowsOfTenant } from "./tenant-rows.ts";
import { makeActor } from "./world.ts";

const off = vi.hoisted(
  (): ChecksOff => ({
    victim: undefined,
    scope: "callers",
    callersWorkspaceId: "",
  }),
);

// Every check of the application, replaced for this file: who may, where, whose grant, and what `where` and `data` say.
vi.mock("@aic-sos/db/self-check", () => ({ selfCheck: async () => undefined }));
vi.mock("@aic-sos/policy/decide", async (original) => {
  const { allowingDecide } = await import("./checks-off.ts");
  const real = await original<typeof decideModule>();
  return { ...real, decide: allowingDecide(real.decide, off) };
});
vi.mock("@aic-sos/policy/grant", async (original) => {
  const real = await original<typeof grantModule>();
  const assertGrant: typeof real.assertGrant = (grant) =>
    off.victim ? undefined : real.assertGrant(grant);
  return { ...real, assertGrant };
});
vi.mock("../src/trpc/steps/resolve-scope.ts", async (original) => {
  const real = await original<typeof resolveScopeModule>();
  const resolveScope: typeof real.resolveScope = async (...asked) => {
    const standing = await real.resolveScope(...asked);
    if (!off.victim) return standing;
    return { ...standing, resolved: { ...standing.resolved, refused: undefined } };
  };
  return { ...real, resolveScope };
});
vi.mock("../../../packages/db/src/scoped-arguments.ts", async (original) => {
  type Scoped = (model: string, asked: unknown, scope: object) => unknown;
  const real = await original<Record<string, Scoped>>();
  const ofVictim = (name: string): Scoped => {
    const scoped = real[name];
    if (!scoped) throw new RangeError(`scoped-arguments.ts has no ${name}`);
    return (model, asked, scope) =>
      scoped(model, asked, off.victim ? { ...scope, ...placeOf(off.victim) } : scope);
  };
  const placeOf = ({ tenant, workspace }: NonNullable<ChecksOff["victim"]>) => ({
    tenantId: tenant.id,
    workspaceId: workspace.id,
  });
  const names = ["scopedWhere", "scopedWhereOfChange", "scopedRow", "scopedData"];
  return { ...real, ...Object.fromEntries(names.map((name) => [name, ofVictim(name)])) };
});

interface Leak {
  readonly procedure: string;
  readonly who: string;
}

/** Calls every procedure as every role after the rows of another tenant, with all checks off. */
async function attack(harness: Harness, places: Places, scope: ChecksOff["scope"]) {
  const [home, , stranger] = places;
  const attempts: { procedure: RestProcedure; input: Input }[] = [];
  for (const procedure of restProcedures) {
    const input = await consumableInputFor(procedure.key, stranger, harness);
    attempts.push({ procedure, input });
  }
  const all = await idsOfTenant(harness, stranger.tenant.id);
  // Whose grant it is, a grant says itself.
  const ids = all.filter(({ id }) => scope === "callers" || id !== stranger.tenant.id);
  const everySent = JSON.stringify(attempts.map(({ input }) => input));
  // One's own log tells of one's own attempts, with what they named: there only the other log's events count.
  const ofLog = ids.filter(
    ({ table, id }) => table.startsWith("audit_") && !everySent.includes(id),
  );
  const before = await rowsOfTenant(harness, stranger.tenant.id);
  const leaks: Leak[] = [];
  let done = 0;
  for (const role of ROLES) {
    const { workspace, tenant } = home;
    const callerFor = callerOf(
      harness,
      home,
      await makeActor(harness, tenant, { role, workspace }),
    );
    for (const { procedure, input } of attempts) {
      const caller = await callerFor(procedure);
      Object.assign(off, { victim: stranger, scope, callersWorkspaceId: workspace.id });
      const { status, text } = await callRest(caller, procedure, input);
      off.victim = undefined;
      const sent = JSON.stringify(input);
      const foreign = procedure.key.startsWith("audit.") ? ofLog : ids;
      const leak = foreign.some(({ id }) => text.includes(id) && !sent.includes(id));
      if (leak) leaks.push({ procedure: procedure.key, who: role });
      if (status < 300) done += 1;
    }
  }
  const after = await rowsOfTenant(harness, stranger.tenant.id);
  const changed = [...new Set([...before, ...after])].filter(
    (row) => !(before.has(row) && after.has(row)),
  );
  return { leaks, changed, done, cells: attempts.length * ROLES.length };
}

async function withHarness(
  options: Parameters<typeof startHarness>[0],
  use: (harness: Harness, places: Places) => Promise<void>,
): Promise<void> {
  const harness = await startHarness(options);
  try {
    await use(harness, await makePlaces(harness));
  } finally {
    off.victim = undefined;
    await harness.stop();
  }
}

describe("with every check of the application off", () => {
  let harness: Harness;
  let places: Places;
  beforeAll(async () => {
    harness = await startHarness();
    places = await makePlaces(harness);
  });
  afterAll(() => harness?.stop());

  it("row-level security alone stops every cell of another tenant, though statements ask for its rows", {
    timeout: 240_000,
  }, async () => {
    const { leaks, changed, done, cells } = await attack(harness, places, "callers");
    expect(cells).toBeGreaterThanOrEqual(340);
    expect({ leaks, changed }).toEqual({ leaks: [], changed: [] });
    // The decisions were an allow: lists were answered, and were empty.
    expect(done).toBeGreaterThan(50);
  });

  it("a grant of another tenant's scope opens nothing: no principal leaves its tenant", {
    timeout: 240_000,
  }, async () => {
    const { leaks, changed } = await attack(harness, places, "victims");
    expect({ leaks, changed }).toEqual({ leaks: [], changed: [] });
  });
});

describe("with every check of the application off, and row-level security too,", () => {
  it("the same calls do read and change another tenant's rows: the checks were off indeed", {
    timeout: 240_000,
  }, async () => {
    const appRole = { name: "unbound_row_security_alone" } as const;
    await withHarness({ appRole }, async (harness, places) => {
      const { leaks, changed } = await attack(harness, places, "callers");
      expect(new Set(leaks.map(({ procedure }) => procedure)).size).toBeGreaterThan(15);
      expect(changed.length).toBeGreaterThan(20);
    });
  });
});
