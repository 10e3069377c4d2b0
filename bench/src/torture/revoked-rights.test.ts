import { describe, expect, it } from "vitest";
import { KINDS } from "./revocations.ts";
import { revokedRights } from "./revoked-rights.ts";

describe("a right taken away on one server", () => {
  // A Postgres and two servers of its own, on two cores that other tests use, too.
  it("is gone at the next request on both, however it is taken away", {
    timeout: 240_000,
  }, async () => {
    const outcome = await revokedRights({ revocations: 2, servers: 2, say: () => undefined });
    expect(outcome.problems).toEqual([]);
    expect(outcome.acceptedAfter).toBe(0);
    expect(outcome.kinds.map(({ revocations }) => revocations)).toEqual(KINDS.map(() => 2));
    expect(outcome.askedAfter).toBeGreaterThanOrEqual(KINDS.length * 2 * 2 * 2);
  });
});
