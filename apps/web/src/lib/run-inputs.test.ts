import { describe, expect, it } from "vitest";
import { parseInputs } from "./run-inputs.ts";

describe("parseInputs", () => {
  it("takes an object, and nothing for an empty one", () => {
    expect(parseInputs('{"a": [1]}')).toEqual({ inputs: { a: [1] } });
    expect(parseInputs("  ")).toEqual({ inputs: {} });
  });
  it("says what is wrong with everything else", () => {
    expect(parseInputs("{a}").error).toMatch(/^is not JSON: /);
    expect(parseInputs("[1]").error).toContain("must be an object");
    expect(parseInputs("null").error).toContain("must be an object");
  });
});
