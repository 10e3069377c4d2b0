import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { valid, workflow } from "../test/support.ts";
import { checkInputs } from "./inputs.ts";
import { LIMITS } from "./limits.ts";

const INPUTS = [
  "    ticket: { class: metadata, type: string, maxLength: 12, pattern: '^INC[0-9]+$' }",
  "    users: { class: metadata, type: integer, minimum: 0, default: 1 }",
  "    urgent: { class: metadata, type: boolean, optional: true }",
  "    text: { type: string, maxLength: 2000, optional: true }",
  "    order:",
  "      optional: true",
  "      type: object",
  "      additionalProperties: false",
  "      required: [lines]",
  "      properties:",
  "        lines: { type: array, maxItems: 5, items: { type: object, properties: { sku: { type: string } } } }",
].join("\n");
const definition = valid(workflow({ inputs: INPUTS }));
const problems = (inputs: Record<string, unknown>) => {
  const checked = checkInputs(definition, inputs);
  return checked.ok ? [] : checked.problems.map(({ path, message }) => `${path}: ${message}`);
};

describe("checkInputs", () => {
  it("parts inputs by class and fills defaults in", () => {
    expect(checkInputs(definition, { ticket: "INC1", text: "My screen is black" })).toEqual({
      ok: true,
      metadata: { ticket: "INC1", users: 1 },
      content: { text: "My screen is black" },
    });
  });

  it.each([
    ["a missing one", {}, "ticket: is required"],
    [
      "an unknown one",
      { ticket: "INC1", tikcet: 1 },
      'tikcet: "tikcet" is not an input of this workflow. Did you mean "ticket"?',
    ],
    ["a wrong type", { ticket: 7 }, "ticket: must be string"],
    ["an explicit null", { ticket: null }, "ticket: must be string"],
    ["a null where there is a default", { ticket: "INC1", users: null }, "users: must be integer"],
    ["a broken pattern", { ticket: "CHG1" }, 'ticket: must match pattern "^INC[0-9]+$"'],
    ["a line end after a match", { ticket: "INC1\n" }, 'ticket: must match pattern "^INC[0-9]+$"'],
    ["a bound", { ticket: "INC1", users: -1 }, "users: must be >= 0"],
    [
      "a place inside",
      { ticket: "INC1", order: { lines: [{ sku: "a" }, { sku: 1 }] } },
      "order.lines[1].sku: must be string",
    ],
    [
      "an unknown property",
      { ticket: "INC1", order: { lines: [], "a b": 1 } },
      'order: must not have the property "a b"',
    ],
    ["U+0000", { ticket: "INC1", text: "a\u0000" }, "text: must not contain the character U+0000"],
    [
      "half a surrogate pair",
      { ticket: "INC1", text: "a\ud800" },
      "text: must not contain the character U+D800",
    ],
    ["a value that is no JSON", { ticket: "INC1", users: 1n }, "users: must be a JSON value"],
    ["NaN", { ticket: "INC1", users: Number.NaN }, "users: must be a finite number"],
    ["a date", { ticket: new Date(0) }, "ticket: must be a JSON value"],
  ])("refuses %s and names it", (_, inputs, message) => {
    expect(problems(inputs)).toEqual([message]);
  });

  it("refuses __proto__ and does not take inherited names for inputs", () => {
    const inputs = JSON.parse('{"ticket":"INC1","__proto__":{"users":3}}') as Record<
      string,
      unknown
    >;
    expect(problems(inputs)).toEqual([": has a property name that is not allowed"]);
    expect(problems({ ticket: "INC1", toString: 1 })).toEqual([
      'toString: "toString" is not an input of this workflow',
    ]);
  });

  it("never repeats a value, which may be content", () => {
    const secret = "hunter2-hunter2";
    for (const inputs of [
      { ticket: secret },
      { ticket: "INC1", users: secret },
      { ticket: "INC1", order: { lines: secret } },
    ]) {
      expect(JSON.stringify(problems(inputs))).not.toContain(secret);
    }
  });

  it("says that a workflow without inputs takes none", () => {
    expect(checkInputs(valid(workflow()), { a: 1 })).toEqual({
      ok: false,
      problems: [
        { path: "a", message: '"a" is not an input of this workflow; this workflow takes none' },
      ],
    });
  });

  it("never throws, whatever comes", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom("ticket", "users", "text", "order", "x"), fc.anything()),
        (inputs) => {
          const checked = checkInputs(definition, inputs);
          expect(typeof checked.ok).toBe("boolean");
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("the size of inputs", () => {
  const open = valid(workflow({ inputs: "    a: { uniqueItems: true, optional: true }" }));
  const message = (value: unknown) => {
    const checked = checkInputs(open, { a: value });
    return checked.ok ? "fine" : checked.problems[0]?.message;
  };
  const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

  it("is bounded in depth, list items, values and characters", () => {
    expect(message(nested(LIMITS.inputDepth - 1))).toBe("fine");
    expect(message(nested(LIMITS.inputDepth + 5))).toMatch(/nested deeper/);
    expect(message(Array.from({ length: LIMITS.inputListItems + 1 }, (_, n) => n))).toMatch(
      /at most 1000 items/,
    );
    expect(
      message(Array.from({ length: 20 }, () => Array.from({ length: 900 }, (_, n) => n))),
    ).toMatch(/at most 10000 values/);
    expect(message("x".repeat(LIMITS.inputCharacters + 1))).toMatch(/at most 262144 characters/);
  });

  it("keeps uniqueItems, which compares pairs, short", () => {
    const items = Array.from({ length: LIMITS.inputListItems }, (_, n) => ({ a: [n, { b: n }] }));
    expect(message(items)).toBe("fine");
  });
});
