import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ask, summaries, valid, workflow } from "../test/support.ts";
import { compileExpression, evaluateExpression, type ExpressionValues } from "./expression.ts";
import { expressionScope } from "./expression-scope.ts";
import type { JsonValue } from "./json.ts";

const INPUTS = [
  "    priority: { class: metadata, enum: [P1, P2, P3] }",
  "    users: { class: metadata, type: integer }",
  "    ratio: { class: metadata, type: number }",
  "    vip: { class: metadata, type: boolean, optional: true }",
  "    at: { class: metadata, type: string, format: date-time }",
  "    text: { type: string }",
  "    order: { type: object, additionalProperties: false, properties: { lines: { type: array }, note: { type: string } } }",
].join("\n");
const STEPS = [
  ask(
    "a",
    "x",
    ", outputs: { score: { class: metadata, type: integer }, summary: { type: string } }",
  ),
  "    - { id: ok, use: approval, needs: a, with: { message: go, approvers: { role: Approver } } }",
].join("\n");
const scope = expressionScope(valid(workflow({ inputs: INPUTS, steps: STEPS })));
const VALUES: ExpressionValues = {
  inputs: { priority: "P1", users: 12, ratio: 0.5, at: "2026-03-01T08:30:00Z", text: "secret" },
  steps: {
    a: { outputs: { score: 7, summary: "secret" } },
    ok: { outputs: { decision: "approved" } },
  },
};

function evaluate(source: string, values: ExpressionValues = VALUES) {
  const compiled = compileExpression(source, scope);
  if (!compiled.ok) throw new Error(compiled.problems.map((problem) => problem.message).join("; "));
  return evaluateExpression(compiled.expression, values);
}

const rulesOf = (source: string) => {
  const compiled = compileExpression(source, scope);
  return compiled.ok ? [] : compiled.problems.map((problem) => problem.rule);
};

describe("an expression over metadata", () => {
  it.each<[string, JsonValue]>([
    ['inputs.priority == "P1" && inputs.users > 10', true],
    ['inputs.priority in ["P2", "P3"]', false],
    ["inputs.ratio == 0.5 && inputs.ratio != 1 && inputs.ratio < 1", true],
    ["inputs.users + steps.a.outputs.score", 19],
    ['inputs.priority + "-" + string(inputs.users)', "P1-12"],
    ['steps.ok.outputs.decision == "approved" ? "go" : "stop"', "go"],
    ["has(inputs.vip) && inputs.vip", false],
    ['inputs.at < timestamp("2026-03-02T00:00:00Z")', true],
    ['inputs.at + duration("24h")', "2026-03-02T08:30:00.000Z"],
    ["inputs.at.getHours() + inputs.at.getDayOfWeek()", 8],
    ['inputs.priority.startsWith("P") && inputs.priority.size() == 2', true],
    ['!(1 > 2) || "a".contains("b")', true],
  ])("%s", (source, value) => {
    expect(evaluate(source)).toEqual({ ok: true, value });
  });

  it.each([
    ["a value that is not there", "inputs.vip", "No such key: vip"],
    ["a division by zero", "inputs.users / 0", "division by zero"],
    ["a number beyond what JSON carries", "9007199254740993 + 0", "the number is too large"],
    ["a number without end", "inputs.ratio / 0.0", "the number is not finite"],
  ])("with %s gives no value, and says why", (_, source, message) => {
    expect(evaluate(source)).toEqual({ ok: false, message });
  });

  it("reads a step that was skipped as a step without outputs", () => {
    expect(evaluate("has(steps.a.outputs.score)", { inputs: {}, steps: {} })).toEqual({
      ok: true,
      value: false,
    });
  });

  it.each([
    ["content", "inputs.text == '1'", "content-in-expression"],
    ["content, even only whether it is there", "has(inputs.text)", "content-in-expression"],
    ["content of a step", "steps.a.outputs.summary.size() > 1", "content-in-expression"],
    ["a name it does not know", "github.actor == 'x'", "unknown-reference"],
    ["all inputs at once", "inputs == inputs", "unknown-reference"],
    ["a step without its outputs", "steps.a == steps.a", "unknown-reference"],
    ["inside a single value", "inputs.priority.length == 1", "unknown-reference"],
    ["an inherited name", "inputs.constructor == 'x'", "unknown-reference"],
  ])("cannot read %s", (_, source, rule) => {
    expect(new Set(rulesOf(source))).toEqual(new Set([rule]));
  });

  it.each([
    "[1, 2].map(x, x * 2).size() > 1",
    "[1].all(x, x > 0)",
    "cel.bind(x, 1, x > 0)",
    '"a".matches("a")',
    'inputs.at.getHours("Europe/Berlin") > 1',
    "timestamp(inputs.priority) == inputs.at",
    'timestamp("1 March 2026") == inputs.at',
    '{"a": 1}.a == 1',
    'inputs["priority"] == "P1"',
    "b'a' == b'a'",
    "1u == 1u",
    'bytes("a").size() == 1',
    '"a,b".split(",").size() == 2',
  ])("cannot use %s", (source) => {
    expect(rulesOf(source)).toContain("expression-unsupported");
  });

  it.each([
    ["9223372036854775808 > 0", 0, 19],
    ["inputs.users < 99999999999999999999", 15, 35],
    ["inputs.users == -9223372036854775809", 17, 36],
    ["1 - 9223372036854775808 < 0", 4, 23],
    ["[0x8000000000000000, 1].size() == 2", 1, 19],
    ['string(9223372036854775808) == "x"', 7, 26],
  ])("cannot name an integer beyond 64 bits: %s", (source, start, end) => {
    const compiled = compileExpression(source, scope);
    const message = "an integer lies between -9223372036854775808 and 9223372036854775807";
    expect(compiled).toEqual({
      ok: false,
      problems: [{ rule: "expression-unsupported", message, start, end }],
    });
  });

  it.each(["-9223372036854775808 < 0", "9223372036854775807 > 0", "-0x8000000000000000 < 0"])(
    "can name the outermost integers: %s",
    (source) => {
      expect(evaluate(source)).toEqual({ ok: true, value: true });
    },
  );

  it.each(["1e400 > 0.0", "-1e400 < 0.0", `1${"0".repeat(400)}.0 > 0.0`])(
    "cannot name a number without end: %s",
    (source) => {
      expect(rulesOf(source)).toEqual(["expression-syntax"]);
    },
  );

  it.each([
    "inputs.users == 'x'",
    "inputs.priority + 1",
    "inputs.users && true",
    "[1, 2]",
    "null",
    "inputs.at - inputs.at",
  ])("has to have a type: %s", (source) => {
    expect(rulesOf(source)).toEqual(["expression-type"]);
  });

  it("never throws and is deterministic, whatever its text", () => {
    const piece = fc.constantFrom(
      "inputs.users",
      "inputs.priority",
      "inputs.text",
      "steps.a.outputs.score",
      "has(",
      "(",
      ")",
      "[",
      "]",
      "1",
      "0.5",
      '"P1"',
      "true",
      " + ",
      " == ",
      " && ",
      " ? ",
      " : ",
      " in ",
      "-",
      "!",
      ".",
      "size(",
      "timestamp(",
      "\n",
      "'",
      "\\",
      "//",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const compiled = compileExpression(pieces.join(""), scope);
        const run = () =>
          compiled.ok ? evaluateExpression(compiled.expression, VALUES) : compiled.problems;
        expect(run()).toEqual(run());
        expect(JSON.stringify(run())).not.toContain("secret");
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("an expression in a workflow", () => {
  const problems = (steps: string) =>
    summaries(workflow({ inputs: INPUTS, steps })).map((line) => line.replace(/^\S+ /, ""));

  it("may pass content on in with, as a bare path, also into it", () => {
    const prompt =
      "Say ${{ inputs.text }} of ${{ inputs.order.lines[0] }} and ${{ inputs.order.note }} at ${{ inputs.at }}";
    expect(problems(ask("s", prompt))).toEqual([]);
  });

  it.each([
    ["content with an operator", "${{ inputs.text + '!' }}", "content-in-expression"],
    ["content in a call", "${{ size(inputs.text) }}", "content-in-expression"],
    ["a property that content does not have", "${{ inputs.order.line }}", "unknown-reference"],
    ["an output of a later step", "${{ steps.later.outputs.n }}", "step-not-run"],
    ["its own output", "${{ steps.s.outputs.n }}", "step-not-run"],
    ["a step that is not there", "${{ steps.nobody.outputs.n }}", "unknown-reference"],
    ["an output that is not there", "${{ steps.before.outputs.m }}", "unknown-reference"],
    ["nothing", "${{ }}", "expression-syntax"],
  ])("cannot be %s in with", (_, prompt, rule) => {
    const output = ", outputs: { n: { class: metadata, type: integer } }";
    const steps = [
      ask("before", "x", output),
      ask("s", prompt, `${output}, needs: before`),
      ask("later", "x", output),
    ];
    expect(problems(steps.join("\n"))).toEqual([`${rule} spec.steps[1].with.prompt`]);
  });

  it("may read a step it needs through another", () => {
    const output = ", outputs: { n: { class: metadata, type: integer } }";
    const steps = [
      ask("a", "x", output),
      ask("b", "x", ", needs: a"),
      ask("c", "x", ", needs: b, if: steps.a.outputs.n > 1"),
    ];
    expect(problems(steps.join("\n"))).toEqual([]);
  });

  it.each([
    ["a date-time", "'2026-03-01T08:30:00Z'", []],
    ["an expression that gives a time", "'${{ inputs.at + duration(\"1h\") }}'", []],
    ["any other text", "tomorrow", ["invalid-value spec.steps[0].with.until"]],
    [
      "an expression that gives a number",
      "'${{ inputs.users }}'",
      ["expression-type spec.steps[0].with.until"],
    ],
    [
      "content, since the control plane keeps the time",
      "'${{ inputs.text }}'",
      ["content-in-expression spec.steps[0].with.until"],
    ],
  ])("in until: %s", (_, until, expected) => {
    expect(problems(`    - { id: w, use: wait, with: { until: ${until} } }`)).toEqual(expected);
  });

  it.each([
    ["longer than 90 days", "{ duration: 91d }", "invalid-value spec.steps[0].with.duration"],
    ["both", "{ duration: 1d, until: '2026-03-01T08:30:00Z' }", "invalid-value spec.steps[0].with"],
    ["neither", "{}", "invalid-value spec.steps[0].with"],
    ["without a unit", "{ duration: 30 }", "wrong-type spec.steps[0].with.duration"],
  ])("a wait cannot be %s", (_, shape, expected) => {
    expect(problems(`    - { id: w, use: wait, with: ${shape} }`)).toEqual([expected]);
  });

  it("stands nowhere in an approval but in its message, whose built-in outputs cannot be declared over", () => {
    const approval =
      "    - { id: w, use: approval, with: { message: '${{ inputs.text }}', approvers: { role: Approver } }, outputs: { a: {} } }";
    expect(problems(approval)).toEqual(["unknown-field spec.steps[0].outputs"]);
  });

  it("that YAML takes for a tag says to put it in quotes", () => {
    expect(problems(ask("s", "x", ", if: !inputs.vip "))).toContain("tag spec.steps[0].if");
  });
});
