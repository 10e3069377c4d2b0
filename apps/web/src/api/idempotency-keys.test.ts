import { describe, expect, it } from "vitest";
import { IdempotencyKeys, isFinal } from "./idempotency-keys.ts";

function counting() {
  let made = 0;
  return new IdempotencyKeys(() => `key-${++made}`);
}

describe("IdempotencyKeys", () => {
  it("sends the same key again while the outcome is open", () => {
    const keys = counting();
    expect(keys.keyFor("run.create", { a: 1 })).toBe("key-1");
    expect(keys.keyFor("run.create", { a: 1 })).toBe("key-1");
  });

  it("gives another input, another mutation and a later repetition keys of their own", () => {
    const keys = counting();
    keys.keyFor("run.create", { a: 1 });
    expect(keys.keyFor("run.create", { a: 2 })).toBe("key-2");
    expect(keys.keyFor("run.delete", { a: 1 })).toBe("key-3");
    keys.settled("run.create", { a: 1 });
    expect(keys.keyFor("run.create", { a: 1 })).toBe("key-4");
  });
});

describe("isFinal", () => {
  it("takes only an answer below 500 for certain", () => {
    expect(isFinal(200)).toBe(true);
    expect(isFinal(409)).toBe(true);
    expect(isFinal(503)).toBe(false);
    expect(isFinal(undefined)).toBe(false);
  });
});
