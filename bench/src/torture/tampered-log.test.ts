import { describe, expect, it } from "vitest";
import { tamperedLog } from "./tampered-log.ts";

describe("an audit log that a superuser tampers with", () => {
  // A Postgres and a server of its own; checkpoints take a second each.
  it("is found out each of 200 times, by a bundle of its own server and checkpoints that left before", {
    timeout: 180_000,
  }, async () => {
    const { problems, ...facts } = await tamperedLog({
      tamperings: 200,
      seed: 6,
      say: () => undefined,
    });
    expect(problems).toEqual([]);
    expect(facts).toMatchObject({ tried: 200, found: 200 });
    expect(facts.events).toBeGreaterThan(facts.covered);
    expect(Object.keys(facts.faults).length).toBeGreaterThan(5);
  });
});
