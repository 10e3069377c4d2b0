import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { consume, isCounted } from "./rate-limit.ts";
import { countOf, openWorld, type World } from "./world.test-support.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

describe("a rate limit", () => {
  it("lets exactly so many through however many come at once, and says when to try again", async () => {
    const tries = await Promise.all(
      Array.from({ length: 20 }, () => consume(1, "test", "someone", { points: 3, seconds: 60 })),
    );
    expect(tries.filter((one) => one.ok)).toHaveLength(3);
    const refused = tries.find((one) => !one.ok);
    expect(refused).toEqual({ ok: false, retryAfterSeconds: expect.any(Number) });
    expect(refused?.ok === false && refused.retryAfterSeconds).toBeGreaterThan(50);
  });

  it("counts others and other limits on their own, and begins anew when its window is over", async () => {
    const limit = { points: 1, seconds: 0.2 };
    expect((await consume(1, "short", "a", limit)).ok).toBe(true);
    expect((await consume(1, "short", "b", limit)).ok).toBe(true);
    expect((await consume(1, "other", "a", limit)).ok).toBe(true);
    expect((await consume(1, "short", "a", limit)).ok).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect((await consume(1, "short", "a", limit)).ok).toBe(true);
  });

  it("can be looked at without taking a point, and forgets with its window", async () => {
    expect(await isCounted(1, "once", "a")).toBe(false);
    expect((await consume(1, "once", "a", { points: 1, seconds: 0.5 })).ok).toBe(true);
    expect([await isCounted(1, "once", "a"), await isCounted(1, "once", "b")]).toEqual([
      true,
      false,
    ]);
    await expect.poll(() => isCounted(1, "once", "a")).toBe(false);
  });

  it("keeps no subject in the clear", async () => {
    await consume(1, "login", "203.0.113.7", { points: 1, seconds: 60 });
    expect(await countOf(world, "select count(*) from rate_limits where key like '%203.0%'")).toBe(
      0,
    );
  });
});
