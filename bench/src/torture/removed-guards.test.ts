import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { REPOSITORY } from "../config.ts";
import { GUARDS, removedGuards } from "./removed-guards.ts";

describe("a guard that is taken away", () => {
  // Three runs of vitest, each with a Postgres of its own, on two cores that other tests use, too.
  it("is missed by a test, and what is no guard is not: tried on a copy of the sources", {
    timeout: 240_000,
  }, async () => {
    const [forced] = GUARDS.filter(({ name }) => name.includes("forced on the owner"));
    if (!forced) throw new RangeError("no such guard");
    const noGuard = { ...forced, name: "no guard", removal: { sql: "SELECT 1" } };
    const { problems, ...facts } = await removedGuards([forced, noGuard], () => undefined);
    expect(facts).toEqual({ guards: 2, caught: 1, tests: expect.any(Number) });
    expect(problems).toEqual(["no guard: no test sees that it is gone"]);
  });

  it("has a name of its own and a test that is named", () => {
    expect(GUARDS.length).toBeGreaterThanOrEqual(50);
    expect(new Set(GUARDS.map(({ name }) => name)).size).toBe(GUARDS.length);
  });

  it("is there, in the words that are taken away, and so is its test", () => {
    for (const { name, removal, caughtBy } of GUARDS) {
      const test = readFileSync(join(REPOSITORY, caughtBy.file), "utf8");
      expect(test, name).toContain(caughtBy.test ?? "expect(");
      if ("sql" in removal) continue;
      const source = readFileSync(join(REPOSITORY, removal.file), "utf8");
      expect(source.split(removal.from).length - 1, `${name}: ${removal.file}`).toBe(1);
    }
  });
});
