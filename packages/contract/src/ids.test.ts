import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellOf, Id, isId, makeId, MAX_CELL, platformTenantId } from "./ids.ts";

const cell = fc.integer({ min: 0, max: MAX_CELL });
const time = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const random = fc.uint8Array({ minLength: 8, maxLength: 16 });

describe("an id", () => {
  it("is a UUIDv8 that says its cell", () => {
    fc.assert(
      fc.property(cell, time, random, (code, now, bytes) => {
        const id = makeId(code, now, bytes);
        expect(isId(id)).toBe(true);
        expect(cellOf(id)).toBe(code);
        expect(id[14]).toBe("8");
        expect("89ab").toContain(id[19]);
      }),
    );
  });

  it("sorts by time, whatever its cell and random bits", () => {
    fc.assert(
      fc.property(cell, cell, time, time, random, (one, other, now, later, bytes) => {
        fc.pre(now < later);
        expect(makeId(one, now, bytes) < makeId(other, later, bytes)).toBe(true);
      }),
    );
  });

  it("of us-east-1 and of eu-west-1 differ at a glance", () => {
    expect(makeId(1, 0, new Uint8Array(8))).toBe("00000000-0000-8001-8000-000000000000");
    expect(platformTenantId(2)).toBe("00000000-0000-8002-8000-000000000000");
  });

  it("is folded to lower case, and other versions and variants are none", () => {
    expect(Id.parse(" 01A20FD3-F27C-8001-AE65-85DECB18C6CC ")).toBe(
      "01a20fd3-f27c-8001-ae65-85decb18c6cc",
    );
    for (const text of [
      "01a20fd3-f27c-4001-ae65-85decb18c6cc",
      "01a20fd3-f27c-8001-ce65-85decb18c6cc",
      "01a20fd3f27c8001ae6585decb18c6cc",
      "01a20fd3-f27c-8001-ae65-85decb18c6cc\n",
      "",
    ]) {
      expect(isId(text)).toBe(false);
    }
    expect(() => cellOf("nonsense")).toThrow(TypeError);
  });

  it("needs a cell code of 12 bits and 8 random bytes", () => {
    expect(() => makeId(4096, 0, new Uint8Array(8))).toThrow(RangeError);
    expect(() => makeId(-1, 0, new Uint8Array(8))).toThrow(RangeError);
    expect(() => makeId(1, 0, new Uint8Array(7))).toThrow(RangeError);
  });
});
