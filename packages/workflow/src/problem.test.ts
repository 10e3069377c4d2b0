import { describe, expect, it } from "vitest";
import { ask, marked, problemsOf, workflow } from "../test/support.ts";
import { LIMITS } from "./limits.ts";
import { type Rule, RULES } from "./problem.ts";

type Case = { readonly text: string; readonly path: string; readonly message: RegExp };

const META = "class: metadata, type: integer";

/** One source for each rule; ◆ stands where the problem must be reported. The type keeps the table complete. */
const CASES: Record<Rule, Case> = {
  "too-large": {
    text: `◆# ${"x".repeat(LIMITS.sourceBytes)}`,
    path: "",
    message: /larger than 1000000 bytes/,
  },
  "too-many-tokens": {
    text: `[${"1,".repeat(24_999)}1◆,${"1,".repeat(50_000)}]`,
    path: "",
    message: /more than 50000 YAML tokens/,
  },
  "too-deep": {
    text: workflow({
      inputs: `    a: { default: ${"[".repeat(44)}◆${"[".repeat(10)}${"]".repeat(54)} }`,
    }),
    path: "",
    message: /more than 48/,
  },
  "invalid-character": {
    text: workflow({ metadata: "  description: a◆\u0000b" }),
    path: "",
    message: /U\+0000 is not allowed/,
  },
  "yaml-syntax": {
    text: workflow({ metadata: '  description: "a◆\\q"' }),
    path: "",
    message: /not YAML.*\\q/,
  },
  "empty-document": { text: "◆# nothing but a comment\n", path: "", message: /the file is empty/ },
  "multiple-documents": {
    text: `${workflow()}◆---\n${workflow()}`,
    path: "",
    message: /second YAML document/,
  },
  directive: { text: `◆%YAML 1.1\n---\n${workflow()}`, path: "", message: /%YAML 1.1.*not needed/ },
  alias: {
    text: workflow({ metadata: "  labels: { a: x, b: ◆*name }" }),
    path: "metadata.labels.b",
    message: /alias \*name: write the value out/,
  },
  tag: {
    text: workflow({ metadata: "  description: !!str ◆text" }),
    path: "metadata.description",
    message: /tag .*str is not allowed/,
  },
  "merge-key": {
    text: workflow({ metadata: "  labels: { ◆<<: { a: b } }" }),
    path: "metadata.labels",
    message: /merge keys \(<<\) are not allowed/,
  },
  "key-type": {
    text: workflow({ metadata: "  labels: { ◆1: one }" }),
    path: "metadata.labels",
    message: /key 1 is not text; put it in quotes/,
  },
  "reserved-key": {
    text: workflow({ metadata: "  labels: { ◆__proto__: x }" }),
    path: "metadata.labels",
    message: /"__proto__" is not allowed/,
  },
  "duplicate-key": {
    text: workflow({ metadata: "  description: one\n  ◆description: two" }),
    path: "metadata.description",
    message: /"description" is there twice; the first is on line 5/,
  },
  "number-range": {
    text: workflow({ inputs: "    a: { type: integer, default: ◆9007199254740993 }" }),
    path: "spec.inputs.a.default",
    message: /9007199254740993 is not a number that JSON can carry exactly/,
  },
  "missing-field": {
    text: workflow({ steps: "    - ◆{ id: a, use: wait }" }),
    path: "spec.steps[0]",
    message: /field "with" is missing/,
  },
  "unknown-field": {
    text: workflow({ metadata: "  ◆desciption: x" }),
    path: "metadata.desciption",
    message: /unknown field "desciption". Did you mean "description"\?/,
  },
  "wrong-type": {
    text: workflow({ metadata: "  description: ◆7" }),
    path: "metadata.description",
    message: /must be text, is a number/,
  },
  "not-allowed-value": {
    text: workflow({ steps: "    - { id: a, use: ◆llmm, with: {} }" }),
    path: "spec.steps[0].use",
    message:
      /"llmm" is not allowed here; allowed: llm, connector, approval, wait. Did you mean "llm"\?/,
  },
  "invalid-value": {
    text: workflow({ steps: "    - { id: ◆Pause-it, use: wait, with: { duration: 1m } }" }),
    path: "spec.steps[0].id",
    message: /"Pause-it" is not allowed here: a name: a lower-case letter/,
  },
  "reserved-name": {
    text: workflow({ inputs: "    ◆constructor: { type: string }" }),
    path: "spec.inputs.constructor",
    message: /"constructor" is a reserved word/,
  },
  "duplicate-id": {
    text: workflow({ steps: `${ask("a", "x")}\n${ask("◆a", "y")}` }),
    path: "spec.steps[1].id",
    message: /step id "a" is taken: spec.steps\[0\] has it/,
  },
  "unknown-need": {
    text: workflow({ steps: `${ask("first", "x")}\n${ask("b", "y", ", needs: [◆frist]")}` }),
    path: "spec.steps[1].needs[0]",
    message: /no step has the id "frist". Did you mean "first"\?/,
  },
  cycle: {
    text: workflow({
      steps: [
        ask("a", "x", ", needs: c"),
        ask("b", "x", ", needs: [◆a]"),
        ask("c", "x", ", needs: b"),
      ].join("\n"),
    }),
    path: "spec.steps[1].needs[0]",
    message: /these steps wait for each other: a needs c needs b needs a/,
  },
  "schema-reference": {
    text: workflow({ inputs: "    a: { $defs: { b: { type: string } }, $ref: ◆'#/$defs/c' }" }),
    path: "spec.inputs.a.$ref",
    message: /"#\/\$defs\/c" is not a schema of this value's own \$defs/,
  },
  "schema-pattern": {
    text: workflow({ inputs: "    a: { type: string, pattern: ◆'(?=x)y' }" }),
    path: "spec.inputs.a.pattern",
    message: /pattern "\(\?=x\)y".*no look-around/,
  },
  "schema-cost": {
    text: workflow({
      inputs: `    ◆a: { properties: { ${Array.from({ length: 11 }, (_, n) => `p${n}: { type: array, uniqueItems: true }`).join(", ")} } }`,
    }),
    path: "spec.inputs.a",
    message: /can take 551 evaluations; at most 500/,
  },
  "schema-invalid": {
    text: workflow({ inputs: "    ◆a: { type: array, minContains: 2 }" }),
    path: "spec.inputs.a",
    message: /not a JSON Schema of draft 2020-12: "minContains" without "contains"/,
  },
  "schema-default": {
    text: workflow({ inputs: "    a: { type: integer, minimum: 3, default: ◆2 }" }),
    path: "spec.inputs.a.default",
    message: /the default does not fit its own schema: must be >= 3/,
  },
  "metadata-class": {
    text: workflow({ inputs: "    ◆a: { class: metadata, type: string, maxLength: 20 }" }),
    path: "spec.inputs.a",
    message: /cannot be class: metadata, because it is a text without a pattern/,
  },
  "expression-place": {
    text: workflow({
      inputs: `    a: { ${META} }`,
      steps:
        '    - { id: s, use: llm, with: { provider: openai, model: ◆"${{ inputs.a }}", prompt: x } }',
    }),
    path: "spec.steps[0].with.model",
    message: /not allowed here; in a step of use llm it may stand in with.system, with.prompt/,
  },
  "expression-syntax": {
    text: workflow({ steps: ask("a", "${{ 1 +◆ }}") }),
    path: "spec.steps[0].with.prompt",
    message: /not an expression: Unexpected token: EOF/,
  },
  "expression-unsupported": {
    text: workflow({ steps: ask("a", "is ${{ ◆'a'.matches('(a+)+$') }}") }),
    path: "spec.steps[0].with.prompt",
    message: /\.matches\(\) with 1 arguments is not available/,
  },
  "expression-type": {
    text: workflow({ inputs: `    n: { ${META} }`, steps: ask("a", "x", ", if: ◆inputs.n + 1") }),
    path: "spec.steps[0].if",
    message: /if needs an expression that is true or false; this one gives a integer/,
  },
  "expression-limit": {
    text: workflow({
      steps: ask("a", `\${{ ◆${Array.from({ length: 201 }, () => "1").join("+")} }}`),
    }),
    path: "spec.steps[0].with.prompt",
    message: /too large: Exceeded maxAstNodes/,
  },
  "unknown-reference": {
    text: workflow({
      inputs: `    count: { ${META} }`,
      steps: ask("a", "x", ", if: ◆inputs.cuont > 1"),
    }),
    path: "spec.steps[0].if",
    message: /"cuont" in "inputs.cuont" is not an input that is there. Did you mean "count"\?/,
  },
  "step-not-run": {
    text: workflow({
      steps: `${ask("a", "x", `, outputs: { n: { ${META} } }`)}\n${ask("b", "x", ", if: ◆steps.a.outputs.n > 1")}`,
    }),
    path: "spec.steps[1].if",
    message: /step "a" may not have run by then: add "a" to needs/,
  },
  "content-in-expression": {
    text: workflow({
      inputs: "    text: { type: string }",
      steps: ask("a", "x", ", if: ◆inputs.text == '1'"),
    }),
    path: "spec.steps[0].if",
    message: /"inputs.text" is content, which the control plane does not see/,
  },
};

describe("every rule reports its problem at its place", () => {
  it.each(RULES)("%s", (rule) => {
    const { text, path, message } = CASES[rule];
    const { source, line, column } = marked(text);
    const found = problemsOf(source).find((problem) => problem.rule === rule);
    expect(found).toMatchObject({ line, column, path, rule });
    expect(found?.message).toMatch(message);
    expect(found?.endLine).toBe(line);
    expect(found?.endColumn).toBeGreaterThanOrEqual(column);
  });
});
