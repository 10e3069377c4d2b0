import { describe, expect, it } from "vitest";
import { problemsOf, valid, workflow } from "../test/support.ts";
import { checkInputs } from "./inputs.ts";
import { LIMITS } from "./limits.ts";
import { compilePattern, PatternWork, PatternWorkExceeded } from "./pattern.ts";

/** Far above what these take (milliseconds), far below what they take unbounded (minutes, or the stack). */
const SOON = 5_000;

function soon<T>(action: () => T): T {
  const start = performance.now();
  const result = action();
  expect(performance.now() - start).toBeLessThan(SOON);
  return result;
}

const firstRule = (source: string) => soon(() => problemsOf(source))[0]?.rule;
const M = LIMITS.sourceBytes;

describe("a hostile file ends soon, with a problem", () => {
  it("an alias bomb", () => {
    const bomb = Array.from(
      { length: 30 },
      (_, n) => `a${n}: &a${n} [${n === 0 ? "x" : `*a${n - 1}, *a${n - 1}`}]`,
    );
    expect(
      new Set(soon(() => problemsOf(bomb.join("\n"))).map((problem) => problem.rule)),
    ).toContain("alias");
  });

  it("a merge key bomb", () => {
    const bomb = Array.from({ length: 30 }, (_, n) => `a${n}: { <<: { x: 1 }, <<: { y: 2 } }`);
    const rules = soon(() => problemsOf(bomb.join("\n"))).map((problem) => problem.rule);
    expect(new Set(rules)).toContain("merge-key");
  });

  it.each([
    ["a byte too many", `# ${"x".repeat(M - 1)}`, "too-large"],
    ["too many bytes in fewer characters", `# ${"é".repeat(M / 2)}`, "too-large"],
    ["a million brackets", "[".repeat(M), "too-many-tokens"],
    ["a million braces", "{".repeat(M), "too-many-tokens"],
    ["half a million dashes", "- ".repeat(M / 2), "too-many-tokens"],
    ["half a million question marks", "? ".repeat(M / 2), "too-many-tokens"],
    ["a million closing brackets", "]".repeat(M), "too-many-tokens"],
    ["a million quotes", '"'.repeat(M), "too-many-tokens"],
    ["half a million bad escapes", `"${"\\x".repeat(M / 2 - 1)}"`, "too-many-tokens"],
    [
      "a hundred thousand keys",
      Array.from({ length: 90_000 }, (_, n) => `k${n}: 1`).join("\n"),
      "too-many-tokens",
    ],
    ["as many documents", "---\n".repeat(M / 4), "too-many-tokens"],
    ["forty thousand brackets", "[".repeat(40_000), "too-deep"],
    ["twenty thousand nested lists", "- ".repeat(20_000), "too-deep"],
    [
      "a staircase",
      Array.from({ length: 400 }, (_, n) => `${" ".repeat(n)}a:`).join("\n"),
      "too-deep",
    ],
    ["forty thousand errors", "]".repeat(40_000), "yaml-syntax"],
  ])("%s", (_, source, rule) => {
    expect(firstRule(source)).toBe(rule);
  });

  it("two hundred thousand expressions, open or closed", () => {
    const connector = (text: string) =>
      workflow({
        steps: `    - { id: a, use: connector, with: { connector: c, action: x, arguments: { q: '${text}' } } }`,
      });
    expect(firstRule(connector("${{ 1 + 1 }}".repeat(70_000)))).toBe("expression-limit");
    expect(firstRule(connector("${{ ".repeat(200_000)))).toBe("expression-syntax");
    expect(firstRule(connector(`\${{ ${"!".repeat(1_000)}true }}`))).toBe("expression-limit");
    expect(firstRule(connector(`\${{ ${"(".repeat(500)}1${")".repeat(500)} }}`))).toBe(
      "expression-limit",
    );
  });

  it("an expression that would loop over loops", () => {
    const list = `[${"1,".repeat(60)}1]`;
    const bomb = `${list}.map(a, ${list}.map(b, ${list}.map(c, a + b + c))).size() > 1`;
    const steps = `    - { id: a, use: wait, if: "${bomb}", with: { duration: 1m } }`;
    const rules = soon(() => problemsOf(workflow({ steps }))).map((problem) => problem.rule);
    expect(rules).toContain("expression-unsupported");
  });
});

describe("a hostile pattern", () => {
  it("that would backtrack for ever is linear", () => {
    const definition = valid(workflow({ inputs: "    a: { type: string, pattern: '(a+)+$' }" }));
    const checked = soon(() => checkInputs(definition, { a: `${"a".repeat(200_000)}!` }));
    expect(checked).toMatchObject({ ok: false, problems: [{ path: "a" }] });
  });

  it("pays for its size times the text's, and stops when that is used up", () => {
    const work = new PatternWork();
    const pattern = compilePattern("^(a{1,50}){1,19}b$", work);
    const text = "a".repeat(LIMITS.patternWork / pattern.programSize / 4);
    const run = () => Array.from({ length: 5 }, () => pattern.test(text));
    expect(() => soon(run)).toThrow(PatternWorkExceeded);
  });

  it("cannot use up more than its work through many keywords: the check ends with a problem", () => {
    const many = Array.from(
      { length: 20 },
      (_, n) => `{ pattern: '^(a{1,50}){1,${19 - (n % 3)}}.*$' }`,
    ).join(", ");
    const definition = valid(workflow({ inputs: `    a: { allOf: [${many}] }` }));
    expect(soon(() => checkInputs(definition, { a: "a".repeat(200_000) }))).toEqual({
      ok: false,
      problems: [{ path: "a", message: "patterns would take too long on these values" }],
    });
  });
});
