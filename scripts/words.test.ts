import { describe, expect, it } from "vitest";
import { forbiddenIn } from "./words.ts";

// Put together, so that this file may be committed.
const spelled = (...parts: string[]): string => parts.join("");

describe("what may not be committed", () => {
  it.each([
    ["a path of one machine", "docs/x.md", spelled("see /wo", "rk/main/x")],
    ["the host of a registry", "x.yaml", spelled("https://regis", "try.npmjs.org")],
    ["unfinished work", "x.ts", spelled("// TO", "DO: later")],
    ["a test that is switched off", "x.test.ts", spelled("it.sk", "ip('x')")],
    ["a type given up", "x.ts", spelled("x as a", "ny")],
    ["a type given up, silently", "x.ts", spelled("// @ts-ig", "nore")],
  ])("is found: %s", (_, path, line) => {
    expect(forbiddenIn(path, `first line\n${line}\n`)).toEqual([
      expect.stringMatching(new RegExp(`^${path}:2 has `)),
    ]);
  });

  it("is not found in ordinary prose and code", () => {
    expect(
      forbiddenIn("x.ts", "const workspace = `/workspaces/${id}`; // as anybody can see\n"),
    ).toEqual([]);
  });

  it("may be talked about where it does no harm", () => {
    expect(forbiddenIn("docs/x.md", spelled("No TO", "DO is committed."))).toEqual([]);
  });
});
