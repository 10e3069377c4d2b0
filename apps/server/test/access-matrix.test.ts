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
import { callRest, problemIn } from "./procedure-calls.ts";
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

async function ask(caller: Caller, { key }: RestProcedure, place: Place): Promise<string> {
  const procedure = restProcedures.find((one) => one.key === key);
  if (!procedure) throw new RangeError(key);
  return letterOf(await callRest(caller, procedure, await consumableInputFor(key, place, harness)));
}

/** What the actor gets in each place; a logout ends the session, so it is called with a new one. */
async function cellOf(actor: Actor, procedure: RestProcedure): Promise<string> {
  const letters: string[] = [];
  for (const place of places) {
    const caller =
      procedure.key === "session.end"
        ? httpCaller(
            harness.url,
            (await makeSession(harness, place0().tenant, actor.person)).headers,
          )
        : actor;
    letters.push(await ask(caller, procedure, place));
  }
  return letters.join("");
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
  it("is the committed one", { timeout: 60_000 }, async () => {
    const home = place0();
    const callers: [string, (procedure: RestProcedure) => Promise<string>][] = [];
    for (const role of ROLES) {
      const actor = await makeActor(harness, home.tenant, { role, workspace: home.workspace });
      callers.push([role, (procedure) => cellOf(actor, procedure)]);
    }
    const others = { Anonymous: harness.anonymous, Platform: harness.platform };
    for (const [name, caller] of Object.entries(others)) {
      callers.push([
        name,
        async (procedure) => {
          const letters: string[] = [];
          for (const place of places) letters.push(await ask(caller, procedure, place));
          return letters.join("");
        },
      ]);
    }
    const rows: string[][] = [["procedure", ...callers.map(([name]) => name)]];
    for (const procedure of restProcedures) {
      const row = [procedure.key];
      for (const [, cell] of callers) row.push(await cell(procedure));
      rows.push(row);
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
