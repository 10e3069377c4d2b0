import { describe, expect, it } from "vitest";
import { type ChainLink, firstChainFault, GENESIS, hideText } from "./chain.ts";
import { chainOf } from "./log-world.test-support.ts";

const CHAIN = chainOf(Array.from({ length: 11 }, (_, n) => `event ${n + 1}`));

describe("a chain", () => {
  it("has the head that another implementation computes", () => {
    // Python's hashlib.
    expect(Buffer.from(CHAIN.at(-1)?.chainHash ?? []).toString("hex")).toBe(
      "37517085d692abff258d1e6d2b2b14d9376907c109a4fe2529d15cb265e5e055",
    );
  });

  it("is followed from its beginning, and from anywhere", () => {
    expect(firstChainFault(CHAIN)).toBeUndefined();
    expect(firstChainFault([])).toBeUndefined();
    expect(firstChainFault(CHAIN.slice(5), CHAIN[4])).toBeUndefined();
    expect(firstChainFault(CHAIN.map(hideText))).toBeUndefined();
  });

  it.each([
    ["sequence_gap", { seq: 8 }],
    ["leaf_hash_differs", { text: "another" }],
    ["leaf_hash_differs", { leafHash: GENESIS }],
    ["previous_hash_differs", { previousChainHash: GENESIS }],
    ["chain_hash_differs", { chainHash: GENESIS }],
  ])("is broken where an event has a fault: %s", (fault, change: Partial<ChainLink>) => {
    const broken = CHAIN.map((link) => (link.seq === 7 ? { ...link, ...change } : link));
    expect(firstChainFault(broken)).toEqual({ seq: 7, fault });
    expect(firstChainFault(broken.map(hideText))).toEqual({ seq: 7, fault });
  });
});
