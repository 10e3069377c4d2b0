import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ask, problemsOf, summaries, valid, workflow } from "../test/support.ts";
import { LIMITS } from "./limits.ts";

const EXAMPLES = join(import.meta.dirname, "../../../examples/workflows");
const files = readdirSync(EXAMPLES).map(
  (name) => [name, readFileSync(join(EXAMPLES, name), "utf8")] as const,
);

describe("the examples", () => {
  it("are the five a service desk would recognise", () => {
    expect(files.map(([name]) => name).toSorted()).toEqual([
      "access-request.yaml",
      "change-with-two-approvals.yaml",
      "incident-triage.yaml",
      "leaver-offboarding.yaml",
      "password-reset.yaml",
    ]);
  });

  it.each(files)("%s is valid, and named after its file", (name, source) => {
    expect(`${valid(source).metadata.name}.yaml`).toBe(name);
  });
});

describe("a valid workflow", () => {
  it("comes out with its defaults filled in and its short forms written out", () => {
    const definition = valid(
      workflow({
        inputs:
          "    n: { class: metadata, type: integer }\n    t: { type: string, optional: true }",
        steps: [
          ask("a", "x", ", if: '${{ inputs.n > 1 }}'"),
          "    - { id: b, use: approval, needs: a, with: { message: ok, approvers: { role: Approver } } }",
        ].join("\n"),
      }),
    );
    expect(definition).toEqual({
      apiVersion: "aic-sos/v1",
      kind: "Workflow",
      metadata: { name: "example", description: "", labels: {} },
      spec: {
        riskTier: "low",
        inputs: {
          n: { class: "metadata", optional: false, schema: { type: "integer" } },
          t: { class: "content", optional: true, schema: { type: "string" } },
        },
        steps: [
          {
            id: "a",
            use: "llm",
            with: { provider: "openai", model: "m", prompt: "x" },
            needs: [],
            outputs: {},
            if: "inputs.n > 1",
          },
          {
            id: "b",
            use: "approval",
            with: { message: "ok", approvers: { role: "Approver", count: 1 } },
            needs: ["a"],
            outputs: {},
          },
        ],
      },
    });
  });

  it("may begin with a byte order mark and have Windows line ends", () => {
    const source = `\ufeff${workflow().replaceAll("\n", "\r\n")}`;
    expect(valid(source)).toEqual(valid(workflow()));
  });
});

describe("problems", () => {
  it("of several kinds are reported in one pass, in order of place", () => {
    const source = workflow({
      metadata: "  desciption: x",
      inputs: "    a: { class: metadata, type: string }",
      steps: `${ask("a", "${{ inputs.b }}")}\n${ask("b", "x", ", needs: [z]")}`,
    });
    expect(summaries(source)).toEqual([
      "5:3 unknown-field metadata.desciption",
      "9:5 metadata-class spec.inputs.a",
      "11:75 unknown-reference spec.steps[0].with.prompt",
      "12:85 unknown-need spec.steps[1].needs[0]",
    ]);
  });

  it("say what would be allowed", () => {
    const [problem] = problemsOf(
      workflow({ steps: "    - { id: a, use: wait, wiht: {}, with: { duration: 1m } }" }),
    );
    expect(problem?.allowed).toEqual(["id", "use", "with", "needs", "if", "outputs"]);
  });

  it("are at most fifty", () => {
    const labels = Array.from({ length: 80 }, (_, index) => `    - { id: A${index} }`).join("\n");
    expect(problemsOf(workflow({ steps: labels }))).toHaveLength(LIMITS.problems);
  });

  it("show no more than the beginning of a long value", () => {
    const [problem] = problemsOf(
      workflow({ steps: `    - { id: ${"A".repeat(5_000)}, use: wait, with: { duration: 1m } }` }),
    );
    expect(problem?.message.length).toBeLessThan(300);
  });

  it("have their place inside folded, quoted and block texts", () => {
    const block = [
      "    - id: a",
      "      use: llm",
      "      with:",
      "        provider: openai",
      "        model: m",
      "        system: >-",
      "          folded",
      "          text ${{ inputs.one }}",
      "        prompt: |",
      "          first ${{ 1 }}",
      "            second ${{ inputs.two }}",
    ].join("\n");
    expect(summaries(workflow({ steps: block }))).toEqual([
      "15:20 unknown-reference spec.steps[0].with.system",
      "18:24 unknown-reference spec.steps[0].with.prompt",
    ]);
    const quoted = String.raw`    - { id: a, use: llm, with: { provider: openai, model: m, prompt: "\t\"\u00e9\" ${"${{ inputs.x }}"}", system: 'it''s ${"${{ inputs.y }}"}' } }`;
    expect(summaries(workflow({ steps: quoted }))).toEqual([
      `8:${quoted.indexOf("inputs.x") + 1} unknown-reference spec.steps[0].with.prompt`,
      `8:${quoted.indexOf("inputs.y") + 1} unknown-reference spec.steps[0].with.system`,
    ]);
  });
});
