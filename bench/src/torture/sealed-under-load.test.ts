import { describe, expect, it } from "vitest";
import { sealedUnderLoad } from "./sealed-under-load.ts";

describe("an audit log whose sealer is killed with SIGKILL under load", () => {
  // A Postgres and five processes of its own, on two cores that other tests use, too.
  it("has every acknowledged event once, densely numbered, and its chain and tree verify", {
    timeout: 120_000,
  }, async () => {
    const { problems, ...facts } = await sealedUnderLoad({
      processes: 2,
      writers: 16,
      events: 2_000,
      kills: 2,
      say: () => undefined,
    });
    expect(problems).toEqual([]);
    expect(facts).toMatchObject({ events: 2_000, kills: 2, nodes: 7 + 3 + 1 });
  });
});
