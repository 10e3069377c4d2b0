import { describe, expect, it } from "vitest";
import { revokedRights } from "./revoked-rights.ts";

describe("a right revoked on one server", () => {
  // A Postgres and two servers of its own, on two cores that other tests use, too.
  it("is gone at the next request on another one", { timeout: 120_000 }, async () => {
    const outcome = await revokedRights({ revocations: 12, say: () => undefined });
    expect(outcome.problems).toEqual([]);
    expect(outcome.acceptedAfter).toBe(0);
    expect(outcome.askedAfter).toBeGreaterThan(12 * 4);
  });
});
