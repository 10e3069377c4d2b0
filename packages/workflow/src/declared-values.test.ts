import { describe, expect, it } from "vitest";
import { problemsOf, summaries, valid, workflow } from "../test/support.ts";

const input = (schema: string) => workflow({ inputs: `    a: ${schema}` });
const rules = (schema: string) => problemsOf(input(schema)).map((problem) => problem.rule);

describe("class: metadata", () => {
  it.each([
    ["a number", "{ class: metadata, type: number }"],
    ["an integer with bounds", "{ class: metadata, type: integer, minimum: 0, maximum: 9 }"],
    ["a boolean", "{ class: metadata, type: boolean, default: false }"],
    ["a time", "{ class: metadata, type: string, format: date-time }"],
    ["a UUID", "{ class: metadata, type: string, format: uuid }"],
    ["an enum of texts", "{ class: metadata, enum: [In Progress, Done] }"],
    ["an enum of numbers", "{ class: metadata, type: integer, enum: [1, 2] }"],
    [
      "a short text of the fixed set",
      "{ class: metadata, type: string, maxLength: 128, pattern: '^[a-z]+$' }",
    ],
  ])("may be %s", (_, schema) => {
    expect(valid(input(schema)).spec.inputs["a"]?.class).toBe("metadata");
  });

  it.each([
    ["a text without a bound", "{ class: metadata, type: string, pattern: '^[a-z]+$' }"],
    [
      "a text of 129 characters",
      "{ class: metadata, type: string, maxLength: 129, pattern: '^[a-z]+$' }",
    ],
    [
      "a text with white space",
      "{ class: metadata, type: string, maxLength: 9, pattern: '^[a-z ]+$' }",
    ],
    ["an address", "{ class: metadata, type: string, format: email, maxLength: 99 }"],
    ["an object", "{ class: metadata, type: object }"],
    ["a list", "{ class: metadata, type: array, items: { type: integer } }"],
    ["anything", "{ class: metadata }"],
    ["one of two types", "{ class: metadata, type: [integer, string] }"],
    ["an enum of a long text", `{ class: metadata, enum: [${"x".repeat(129)}] }`],
    ["an enum of mixed types", "{ class: metadata, enum: [a, 1] }"],
    ["an enum of objects", "{ class: metadata, enum: [{ a: 1 }] }"],
    ["a combination", "{ class: metadata, type: integer, anyOf: [{ minimum: 1 }] }"],
    ["a reference", "{ class: metadata, $ref: '#/$defs/x', $defs: { x: { type: integer } } }"],
  ])("cannot be %s", (_, schema) => {
    expect(rules(schema)).toEqual(["metadata-class"]);
  });

  it("is not the default: a value without a class is content", () => {
    expect(valid(input("{ type: integer }")).spec.inputs["a"]?.class).toBe("content");
  });
});

describe("a schema", () => {
  it.each([
    ["a remote $ref", "{ $ref: 'https://example.com/schema.json' }", "invalid-value"],
    ["a $ref to a whole input", "{ $ref: '#' }", "invalid-value"],
    ["$id", "{ $id: 'https://example.com/x' }", "unknown-field"],
    ["$dynamicRef", "{ $dynamicRef: '#x' }", "unknown-field"],
    ["an unknown format", "{ type: string, format: regex }", "not-allowed-value"],
    ["a required that is true", "{ type: string, required: true }", "wrong-type"],
    [
      "a $ref that leads back to itself",
      "{ $ref: '#/$defs/x', $defs: { x: { items: { $ref: '#/$defs/x' } } } }",
      "schema-reference",
    ],
    [
      "a circle of $refs",
      "{ $defs: { x: { $ref: '#/$defs/y' }, y: { not: { $ref: '#/$defs/x' } } } }",
      "schema-reference",
    ],
    ["a back-reference in a pattern", "{ type: string, pattern: '(a)\\1' }", "schema-pattern"],
    [
      "a pattern that repeats too much",
      "{ type: string, pattern: '[a-z]{999}[a-z]{999}[a-z]{999}' }",
      "schema-pattern",
    ],
    [
      "a bad pattern as a property's name",
      "{ type: object, patternProperties: { '(?!a)': true } }",
      "schema-pattern",
    ],
  ])("with %s is refused", (_, schema, rule) => {
    expect(rules(schema)).toEqual([rule]);
  });

  it("may refer to its own $defs, as often as it likes within its cost", () => {
    const schema =
      "{ $defs: { t: { type: string } }, properties: { x: { $ref: '#/$defs/t' }, y: { $ref: '#/$defs/t' } } }";
    expect(valid(input(schema)).spec.inputs["a"]?.schema["$defs"]).toEqual({
      t: { type: "string" },
    });
  });

  it("that doubles its cost with each $ref is refused before it is compiled", () => {
    const levels = Array.from(
      { length: 40 },
      (_, n) => `d${n}: { anyOf: [{ $ref: '#/$defs/d${n + 1}' }, { $ref: '#/$defs/d${n + 1}' }] }`,
    );
    const schema = `{ $ref: '#/$defs/d0', $defs: { ${levels.join(", ")}, d40: { type: string } } }`;
    expect(rules(schema)).toEqual(["schema-cost"]);
  });

  it("says at which line its problem is, also deep inside", () => {
    const schema =
      "\n      type: object\n      properties:\n        lines:\n          items:\n            tpye: string";
    expect(summaries(input(schema))).toEqual([
      "13:13 unknown-field spec.inputs.a.properties.lines.items.tpye",
    ]);
  });

  it("cannot bring code into the validator", () => {
    const name = "x\\\"'];process.exit(1);//`${process.exit(1)}";
    const quotedName = JSON.stringify(name);
    const schema = `{ type: object, properties: { ${quotedName}: { const: ${quotedName} } }, required: [${quotedName}], default: { ${quotedName}: 1 } }`;
    expect(rules(schema)).toEqual(["schema-default"]);
  });
});
