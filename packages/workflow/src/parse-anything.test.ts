import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { workflow } from "../test/support.ts";
import { checkInputs } from "./inputs.ts";
import { parseWorkflow } from "./parse.ts";

const EXAMPLE = readFileSync(
  join(import.meta.dirname, "../../../examples/workflows/access-request.yaml"),
  "utf8",
);

const anyText = fc.string({ unit: "binary", maxLength: 300 });
const anyYamlLikeText = fc.string({
  unit: fc.constantFrom(...Array.from("[]{}:,-?&*!|>'\"%@`#\n \t~<=.0a$\\")),
  maxLength: 80,
});
const anyValue = fc.jsonValue({ maxDepth: 5 }).map((value) => stringify(value));

/** A valid workflow with one of its words replaced. */
const anyMistake = fc
  .tuple(
    fc.nat(),
    fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.constantFrom(...Array.from('[}"|-&*!?')),
      fc.constantFrom("*a", "&a", "!!x", "null", "${{", "${{ inputs. }}", "true", "1e999", "<<:"),
    ),
  )
  .map(([at, text]) => {
    const words = EXAMPLE.split(/(\s+)/);
    return words.with(at % words.length, text).join("");
  });

const KEYWORDS =
  "type enum const items properties allOf not if then pattern $ref $defs required default format minimum " +
  "uniqueItems minContains contains prefixItems class";

/** An input declared with keywords of JSON Schema that hold anything. */
const anySchema = fc
  .letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom(
        "string",
        "object",
        1,
        true,
        null,
        "a+",
        "#/$defs/a",
        "date-time",
        -1,
        "metadata",
      ),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...KEYWORDS.split(" ")), tie("value"), { maxKeys: 4 }),
      fc.record({
        $defs: fc.record({ a: tie("value") }),
        allOf: fc.array(tie("value"), { maxLength: 2 }),
      }),
    ),
  }))
  .value.map((value) => workflow({ inputs: `    a: ${JSON.stringify(value)}` }));

describe("parseWorkflow never throws, and names a place for each problem", () => {
  it.each([
    ["any text", anyText, 300],
    ["any text of YAML's own characters", anyYamlLikeText, 500],
    ["any YAML value", anyValue, 200],
    ["a valid workflow with one word replaced", anyMistake, 150],
    ["an input with any schema", anySchema, 500],
  ])("on %s", (_, sources, numRuns) => {
    fc.assert(
      fc.property(sources, (source) => {
        const parsed = parseWorkflow(source);
        // What parses can always check inputs.
        if (parsed.ok) checkInputs(parsed.definition, { a: [{}] });
        const problems = parsed.ok ? [] : parsed.problems;
        expect(problems.length > 0).toBe(!parsed.ok);
        for (const { line, column } of problems) expect(Math.min(line, column)).toBeGreaterThan(0);
      }),
      { numRuns },
    );
  });
});
