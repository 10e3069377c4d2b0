import { ROLES } from "@aic-sos/contract/roles";
import { makeTenant } from "@aic-sos/testkit/make-tenant";
import { makeWorkspace } from "@aic-sos/testkit/make-workspace";
import { type RestProcedure, restProcedures } from "../src/trpc/rest-procedures.ts";
import type { Harness } from "./harness.ts";
import { type Answer, type Caller, httpCaller } from "./http-caller.ts";
import { consumableInputFor, makePlace, type Place } from "./places.ts";
import { callRest, type Input, problemIn } from "./procedure-calls.ts";
import { type Actor, makeActor, makeHome, makeSession } from "./world.ts";

/** One's own workspace, another of the tenant, one of another tenant, one of another region. */
export type Places = readonly [Place, Place, Place, Place];

export async function makePlaces(harness: Harness): Promise<Places> {
  const db = await harness.cells.superuser(harness.us);
  const home = await makeHome(harness, harness.us);
  const abroad = await makeHome(harness, harness.eu);
  const tenant = await makeTenant(db, harness.us);
  return [
    await makePlace(harness, home.tenant, home.workspace),
    await makePlace(harness, home.tenant, await makeWorkspace(db, home.tenant)),
    await makePlace(harness, tenant, await makeWorkspace(db, tenant)),
    await makePlace(harness, abroad.tenant, abroad.workspace),
  ];
}

/** One call of the matrix and its answer. */
export interface Cell {
  readonly procedure: RestProcedure;
  /** A role, or who has none. */
  readonly who: string;
  readonly place: Place;
  readonly input: Input;
  readonly answer: Answer;
}

type CallerFor = (procedure: RestProcedure) => Promise<Caller>;

/** Calls every procedure as everybody in every place, and tells `seen` of each. */
export async function callEverything(
  harness: Harness,
  places: Places,
  seen: (cell: Cell) => void = () => undefined,
): Promise<string> {
  const callers = await makeCallers(harness, places[0]);
  const rows: string[][] = [["procedure", ...callers.map(([name]) => name)]];
  for (const procedure of restProcedures) {
    const calls: (() => Promise<Cell>)[] = [];
    for (const [who, callerFor] of callers) {
      for (const place of places) {
        const input = await consumableInputFor(procedure.key, place, harness);
        const caller = await callerFor(procedure);
        calls.push(async () => {
          const answer = await callRest(caller, procedure, input);
          return { procedure, who, place, input, answer };
        });
      }
    }
    const cells = await Promise.all(calls.map((call) => call()));
    for (const cell of cells) seen(cell);
    rows.push([procedure.key, ...rowOf(cells, callers.length)]);
  }
  return textOf(rows);
}

/** Four letters a caller. */
function rowOf(cells: readonly Cell[], callers: number): string[] {
  const letters = cells.map(({ answer }) => letterOf(answer)).join("");
  const each = letters.length / callers;
  return Array.from({ length: callers }, (_, at) => letters.slice(at * each, (at + 1) * each));
}

/** One letter an answer: what the caller learns of it. */
function letterOf(answer: Answer): string {
  const code = problemIn(answer)?.["code"];
  if (code === "region_mismatch") return "R";
  if (code === "workspace_required") return "w";
  const letters: Record<number, string> = { 401: "!", 403: "-", 404: "." };
  // Limits, conflicts and refusals of the input come after the decision: it was an allow.
  return letters[answer.status] ?? (answer.status < 500 ? "x" : "E");
}

async function makeCallers(harness: Harness, home: Place): Promise<[string, CallerFor][]> {
  const callers: [string, CallerFor][] = [];
  for (const role of ROLES) {
    const actor = await makeActor(harness, home.tenant, { role, workspace: home.workspace });
    callers.push([role, callerOf(harness, home, actor)]);
  }
  callers.push(
    ["Anonymous", async () => harness.anonymous],
    ["Platform", async () => harness.platform],
  );
  return callers;
}

/** The actor itself; a logout ends the session, so it gets a new one. */
export function callerOf(harness: Harness, home: Place, actor: Actor): CallerFor {
  return async ({ key }) => {
    if (key !== "session.end") return actor;
    const { headers } = await makeSession(harness, home.tenant, actor.person);
    return httpCaller(harness.url, headers);
  };
}

const HEAD = [
  "What every caller gets from every procedure, over REST. Called and compared by test/access-matrix.test.ts;",
  "after a wanted change: vitest --project server access-matrix --update.",
  "",
  "Four letters a caller: in its own workspace, in another workspace of its tenant, in another tenant, in another",
  "region. x done  - forbidden (403)  . not found (404)  R refused as another region's (403)  ! log in (401)",
  "w name a workspace (400). Where a procedure names no place all four are the same.",
  "",
];

function textOf(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => row[at]?.length ?? 0)),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [...HEAD, ...lines, ""].join("\n");
}
