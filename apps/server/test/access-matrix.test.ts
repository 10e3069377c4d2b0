import { PERMISSIONS, permissions } from "@aic-sos/contract/permissions";
import { ROLES } from "@aic-sos/contract/roles";
import { PLATFORM_PERMISSIONS, roleAllows } from "@aic-sos/policy/role-table";
import { makeTenant } from "@aic-sos/testkit/make-tenant";
import { makeWorkspace } from "@aic-sos/testkit/make-workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appRouter } from "../src/trpc/app-router.ts";
import { type RestProcedure, restProcedures } from "../src/trpc/rest-procedures.ts";
import { type Harness, startHarness } from "./harness.ts";
import { type Caller, httpCaller } from "./http-caller.ts";
import { consumableInputFor, makePlace, type Place } from "./places.ts";
import { callRest, type Input, problemIn } from "./procedure-calls.ts";
import { type Actor, makeActor, makeHome, makeSession } from "./world.ts";

let harness: Harness;
let places: readonly Place[];

beforeAll(async () => {
  harness = await startHarness();
  const [db, abroad] = [
    await harness.cells.superuser(harness.us),
    await makeHome(harness, harness.eu),
  ];
  const home = await makeHome(harness, harness.us);
  const tenant = await makeTenant(db, harness.us);
  places = [
    await makePlace(harness, home.tenant, home.workspace),
    await makePlace(harness, home.tenant, await makeWorkspace(db, home.tenant)),
    await makePlace(harness, tenant, await makeWorkspace(db, tenant)),
    await makePlace(harness, abroad.tenant, abroad.workspace),
  ];
});
afterAll(() => harness.stop());

/** One letter an answer: what the caller learns of it. */
function letterOf(answer: {
  status: number;
  body: unknown;
  headers: Headers;
  text: string;
}): string {
  const code = problemIn(answer)?.["code"];
  if (code === "region_mismatch") return "R";
  if (code === "workspace_required") return "w";
  const letters: Record<number, string> = { 401: "!", 403: "-", 404: "." };
  // Limits, conflicts and refusals of the input come after the decision: it was an allow.
  return letters[answer.status] ?? (answer.status < 500 ? "x" : "E");
}

type CallerFor = (procedure: RestProcedure) => Promise<Caller>;

/** What each caller gets in each place: four letters a caller. */
async function rowOf(procedure: RestProcedure, callers: readonly CallerFor[]): Promise<string[]> {
  const calls: { caller: Caller; input: Input }[] = [];
  for (const callerFor of callers) {
    for (const place of places) {
      const input = await consumableInputFor(procedure.key, place, harness);
      calls.push({ caller: await callerFor(procedure), input });
    }
  }
  const answers = calls.map(({ caller, input }) => callRest(caller, procedure, input));
  const letters = (await Promise.all(answers)).map(letterOf).join("");
  return callers.map((_, at) => letters.slice(at * places.length, (at + 1) * places.length));
}

/** The actor itself; a logout ends the session, so it gets a new one. */
function callerOf(actor: Actor): CallerFor {
  return async ({ key }) => {
    if (key !== "session.end") return actor;
    const { headers } = await makeSession(harness, place0().tenant, actor.person);
    return httpCaller(harness.url, headers);
  };
}

function place0(): Place {
  const [home] = places;
  if (!home) throw new RangeError("no place");
  return home;
}

const HEAD = [
  "What every caller gets from every procedure, over REST. Called and compared by test/access-matrix.test.ts;",
  "after a wanted change: vitest --project server -u access-matrix.",
  "",
  "Four letters a caller: in its own workspace, in another workspace of its tenant, in another tenant, in another",
  "region. x done  - forbidden (403)  . not found (404)  R refused as another region's (403)  ! log in (401)",
  "w name a workspace (400). Where a procedure names no place all four are the same.",
  "",
];

describe("the matrix of access", () => {
  it("is the committed one", { timeout: 120_000 }, async () => {
    const home = place0();
    const callers: [string, CallerFor][] = [];
    for (const role of ROLES) {
      const fields = { role, workspace: home.workspace };
      callers.push([role, callerOf(await makeActor(harness, home.tenant, fields))]);
    }
    callers.push(
      ["Anonymous", async () => harness.anonymous],
      ["Platform", async () => harness.platform],
    );
    const rows: string[][] = [["procedure", ...callers.map(([name]) => name)]];
    for (const procedure of restProcedures) {
      const row = await rowOf(
        procedure,
        callers.map(([, callerFor]) => callerFor),
      );
      rows.push([procedure.key, ...row]);
    }
    const widths = (rows[0] ?? []).map((_, at) =>
      Math.max(...rows.map((row) => row[at]?.length ?? 0)),
    );
    const lines = rows.map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    );
    await expect([...HEAD, ...lines, ""].join("\n")).toMatchFileSnapshot("../access-matrix.txt");
  });
});

describe("procedures", () => {
  it("each declare a permission, an address and a shape: what declares none does not start", () => {
    const keys = Object.keys(appRouter._def.procedures);
    expect(restProcedures.map(({ key }) => key)).toEqual(keys);
    for (const { permission, input, output } of restProcedures) {
      expect(permissions).toContain(permission);
      expect(
        [input.constructor.name, output.constructor.name].every((name) => name.startsWith("Zod")),
      ).toBe(true);
    }
  });

  it("that change something are mutations, and no mutation is reached by GET", () => {
    for (const { key, type, method, permission } of restProcedures) {
      if (type === "query") expect(PERMISSIONS[permission].effect, key).toBe("read");
      else
        expect([key, PERMISSIONS[permission].effect, method === "GET"]).toEqual([
          key,
          "write",
          false,
        ]);
    }
  });

  it("use every permission there is, but for those of approvals, whose feature is not there yet", () => {
    const used = new Set<string>(restProcedures.map(({ permission }) => permission));
    expect(permissions.filter((permission) => !used.has(permission))).toEqual([
      "approval:read",
      "approval:decide",
    ]);
  });

  it("ask for permissions that somebody has: a role, the platform, or everybody for themselves", () => {
    for (const permission of permissions) {
      const held =
        PERMISSIONS[permission].scope === "self" ||
        PLATFORM_PERMISSIONS.includes(permission) ||
        ROLES.some((role) => roleAllows(role, permission));
      expect([permission, held]).toEqual([permission, true]);
    }
  });
});
