import { describe, expect, it } from "vitest";
import { GUARDS, removedGuards } from "./removed-guards.ts";

describe("a guard that is taken away", () => {
  // Two runs of vitest and a Postgres of their own, on two cores that other tests use, too.
  it("is missed by a test: a policy of the database, tried on a copy of the sources", {
    timeout: 180_000,
  }, async () => {
    const guards = GUARDS.filter(
      ({ name }) => name === "row-level security forced on the owner, too",
    );
    const said: string[] = [];
    const { problems, ...facts } = await removedGuards(guards, (line) => said.push(line));
    expect(problems).toEqual([]);
    expect(facts).toMatchObject({ guards: 1, caught: 1 });
    expect(said.join()).toContain("forces row-level security");
  });

  it("has a name of its own and a test that is named", () => {
    expect(GUARDS.length).toBeGreaterThanOrEqual(50);
    expect(new Set(GUARDS.map(({ name }) => name)).size).toBe(GUARDS.length);
  });
});
