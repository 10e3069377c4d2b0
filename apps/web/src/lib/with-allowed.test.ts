import { describe, expect, it } from "vitest";
import { withAllowed } from "./with-allowed.ts";

describe("withAllowed", () => {
  it("says what would have been right", () => {
    expect(withAllowed("is unknown", ["low", "high"])).toBe("is unknown. Allowed: low, high");
    expect(withAllowed("Is it missing?", ["a"])).toBe("Is it missing? Allowed: a");
  });
  it("does not say it twice", () => {
    expect(withAllowed('"x" is not allowed; allowed: low', ["low"])).toBe(
      '"x" is not allowed; allowed: low',
    );
    expect(withAllowed("is missing", undefined)).toBe("is missing");
    expect(withAllowed("is missing", [])).toBe("is missing");
  });
});
