import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeContext, encodeParts } from "./seal-context.ts";

describe("the bound context", () => {
  it("has one encoding per list of parts, so moving a letter over a border changes it", () => {
    const part = fc.string({ unit: "binary", minLength: 1, maxLength: 4 });
    const parts = fc.array(part, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        const same = JSON.stringify(a) === JSON.stringify(b);
        expect(encodeParts(a).equals(encodeParts(b))).toBe(same);
      }),
      {
        examples: [
          [
            ["ab", "c"],
            ["a", "bc"],
          ],
        ],
        numRuns: 1000,
      },
    );
  });

  it.each([
    ["empty", ""],
    ["a lone surrogate", "row-\ud800"],
  ])("is refused when a part is %s", (_, recordId) => {
    const place = { tenantId: "t", purpose: "provider_key", recordId, field: "f" } as const;
    expect(() => encodeContext(place)).toThrow(
      expect.objectContaining({ code: "invalid_context" }),
    );
  });
});
