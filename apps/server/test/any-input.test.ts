import fc from "fast-check";
import { z } from "zod";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RestProcedure, restProcedures } from "../src/trpc/rest-procedures.ts";
import { type Harness, startHarness } from "./harness.ts";
import type { Caller } from "./http-caller.ts";
import { inputFor, makePlace, type Place } from "./places.ts";
import { callRest, callTrpc, fieldsIn, type Input, procedureOf } from "./procedure-calls.ts";
import { makeActor, makeHome } from "./world.ts";

let harness: Harness;
let place: Place;

beforeAll(async () => {
  harness = await startHarness();
  const { tenant, workspace } = await makeHome(harness, harness.us);
  place = await makePlace(harness, tenant, workspace);
});
afterAll(() => harness.stop());

/** Names of the texts that a shape takes, wherever they are, with a way to put another text there. */
function textsOf(input: Input): { name: string; with: (text: string) => Input }[] {
  const found: { name: string; with: (text: string) => Input }[] = [];
  const walk = (node: Input, path: string, put: (changed: Input) => Input): void => {
    for (const [key, value] of Object.entries(node)) {
      const name = path === "" ? key : `${path}.${key}`;
      if (typeof value === "string")
        found.push({ name, with: (text) => put({ ...node, [key]: text }) });
      else if (typeof value === "object" && value !== null) {
        walk(value as Input, name, (changed) => put({ ...node, [key]: changed }));
      }
    }
  };
  walk(input, "", (changed) => changed);
  return found;
}

describe.each(restProcedures.map((procedure) => [procedure.key, procedure] as const))(
  "%s",
  (key, procedure) => {
    let caller: Caller;
    beforeAll(async () => {
      caller = procedure.permission.startsWith("tenant:") ? harness.platform : place.admin;
      if (key === "session.end") caller = await makeActor(harness, place.tenant);
    });

    it("refuses U+0000 in every text, by name", async () => {
      for (const { name, with: put } of textsOf(inputFor(key, place))) {
        for (const call of [callRest, callTrpc]) {
          const answer = await call(caller, procedure, put("a\u0000b"));
          expect([400, 422], `${name}: ${answer.text}`).toContain(answer.status);
          expect(
            fieldsIn(answer).some((field) => field === name || name.startsWith(field)),
            `${name}: ${answer.text}`,
          ).toBe(true);
        }
      }
    });

    it("answers junk with a 4xx, never a 5xx", async () => {
      const names = Object.keys(inputFor(key, place));
      const junk = fc.oneof(
        fc.anything({ maxDepth: 2, withNullPrototype: false }).map(asJson),
        mixed(names, procedure),
      );
      await fc.assert(
        fc.asyncProperty(junk, fc.boolean(), async (input, overRest) => {
          const call = overRest ? callRest : callTrpc;
          const shaped =
            typeof input === "object" && input !== null && !Array.isArray(input) ? input : {};
          const answer = await call(caller, procedure, overRest ? shaped : input, {
            headers: { "x-workspace-id": place.workspace.id },
          });
          expect(answer.status, answer.text).toBeLessThan(500);
        }),
        { numRuns: 12 },
      );
    });
  },
);

function asJson(value: unknown): Input {
  try {
    return JSON.parse(JSON.stringify(value) ?? "null") as Input;
  } catch {
    return {};
  }
}

/** Valid inputs with one or two fields replaced by something that is not. */
function mixed(names: readonly string[], procedure: RestProcedure): fc.Arbitrary<Input> {
  const strange = fc.oneof(
    fc.string({ unit: "binary", maxLength: 50 }),
    fc.constantFrom(
      "\ud800",
      "\u0000",
      "",
      "__proto__",
      "constructor",
      "' or 1=1 --",
      "*",
      "-1",
      "1e309",
    ),
    fc.anything({ maxDepth: 1 }).map(asJson),
  );
  const [first = "name"] = names;
  return fc
    .record({
      name: names.length > 0 ? fc.constantFrom(...names) : fc.constant(first),
      value: strange,
    })
    .map(({ name, value }) => ({ ...inputFor(procedure.key, place), [name]: value }));
}

describe("shapes", () => {
  it("bound every text and every list that a caller may send", () => {
    const unbounded: string[] = [];
    for (const { key, input } of restProcedures) {
      const walk = (node: unknown, path: string): void => {
        if (typeof node !== "object" || node === null) return;
        const { type, maxLength, pattern, format, maxItems } = node as Record<string, unknown>;
        const isId = typeof pattern === "string" || format === "uuid" || format === "date-time";
        if (
          type === "string" &&
          maxLength === undefined &&
          !isId &&
          !("enum" in node) &&
          !("const" in node)
        ) {
          unbounded.push(`${key} ${path}`);
        }
        if (type === "array" && maxItems === undefined) unbounded.push(`${key} ${path}[]`);
        for (const [name, value] of Object.entries(node)) {
          if (name !== "Json" && name !== "__schema0") walk(value, `${path}/${name}`);
        }
      };
      walk(z.toJSONSchema(input, { io: "input", unrepresentable: "any" }), "");
    }
    expect(unbounded).toEqual([]);
  });

  it("are found for every procedure by the tables of these tests", () => {
    for (const { key } of restProcedures) {
      expect(procedureOf(key).input.safeParse(inputFor(key, place)).success, key).toBe(true);
    }
  });
});
