import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Document, isMap, parseDocument, visit } from "yaml";
import { ask, valid, workflow } from "../test/support.ts";
import { workflowDigest } from "./digest.ts";

const SOURCE = workflow({
  metadata: "  description: Says hello # a comment\n  labels: { b: x, a: y }",
  inputs: "    n: { class: metadata, type: integer, minimum: 1 }\n    t: { type: string }",
  steps: `${ask("a", "Hello ${{ inputs.t }}")}\n${ask("b", "x", ", needs: [a], if: inputs.n > 2")}`,
});

describe("the digest", () => {
  it("is sha256 over canonical JSON, and stays what it was", () => {
    expect(workflowDigest(valid(workflow()))).toBe(
      "sha256:0eb79390798402a8473ce23a54be1341fbc94ff806aae1e40d1bc395596deab0",
    );
  });

  it("does not depend on the order of keys, on layout or on comments", () => {
    const digest = workflowDigest(valid(SOURCE));
    const layout = fc.record({
      seed: fc.integer(),
      flow: fc.boolean(),
      indent: fc.integer({ min: 2, max: 6 }),
      quotes: fc.boolean(),
    });
    fc.assert(
      fc.property(layout, (how) => {
        expect(workflowDigest(valid(rewritten(how)))).toBe(digest);
      }),
      { numRuns: 60 },
    );
  });

  it("does not depend on the short forms of needs and if", () => {
    const short = SOURCE.replace("[a]", "a").replace(
      "if: inputs.n > 2",
      "if: '${{ inputs.n > 2 }}'",
    );
    expect(workflowDigest(valid(short))).toBe(workflowDigest(valid(SOURCE)));
  });

  it.each([
    ["a prompt", "Hello", "Hallo"],
    ["a class", "class: metadata, ", ""],
    ["a bound", "minimum: 1", "minimum: 2"],
    ["a condition", "inputs.n > 2", "inputs.n > 3"],
    ["the risk tier", "riskTier: low", "riskTier: high"],
  ])("changes with %s", (_, from, to) => {
    const changed = SOURCE.replace(from, to).replace(
      ", if: inputs.n > 2",
      from.includes("class") ? "" : ", if: inputs.n > 2",
    );
    expect(changed).not.toBe(SOURCE);
    expect(workflowDigest(valid(changed))).not.toBe(workflowDigest(valid(SOURCE)));
  });
});

/** The same workflow, its keys in another order, written in another way. */
function rewritten(how: { seed: number; flow: boolean; indent: number; quotes: boolean }): string {
  const document: Document = parseDocument(SOURCE);
  let random = how.seed;
  visit(document, {
    Map(_, map) {
      map.flow = how.flow;
      map.items.sort(() => ((random = (random * 1_103_515_245 + 12_345) & 0x7fffffff) % 3) - 1);
    },
    Seq(_, seq) {
      seq.flow = how.flow;
    },
  });
  expect(isMap(document.contents)).toBe(true);
  return document.toString({
    indent: how.indent,
    ...(how.quotes ? { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "QUOTE_SINGLE" } : {}),
  });
}
