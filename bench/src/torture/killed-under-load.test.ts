import { describe, expect, it } from "vitest";
import { killedUnderLoad } from "./killed-under-load.ts";

describe("a server killed with SIGKILL under load", () => {
  // A Postgres and two servers of its own, on two cores that other tests use, too.
  it("has every acknowledged write once, with its decision and change in a chain that verifies", {
    timeout: 120_000,
  }, async () => {
    const { problems, ...facts } = await killedUnderLoad({
      kills: 2,
      writers: 6,
      say: () => undefined,
    });
    expect(problems).toEqual([]);
    expect(facts.kills).toBe(2);
    expect(facts.acknowledged).toBeGreaterThan(facts.kills);
    expect(facts.repeated).toBeGreaterThan(0);
    expect(facts.sealed).toBeGreaterThan(2 * facts.acknowledged);
  });
});
