import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dataKeyStore } from "./data-keys.ts";
import { newId } from "./ids.ts";
import { makePlace, openWorld, type World } from "./world.test-support.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const key = () => ({ id: newId(1), kekId: "kek-1", wrapped: Buffer.from(randomUUID()) });

describe("data keys", () => {
  it("the first of 10 racing callers stores the tenant's key, and all of them get that one", async () => {
    const { tenant } = await makePlace(world);
    expect(await dataKeyStore.active(tenant.id)).toBeUndefined();
    const got = await Promise.all(
      Array.from({ length: 10 }, () => dataKeyStore.insert(tenant.id, key())),
    );
    expect(new Set(got.map((one) => one.id)).size).toBe(1);
    expect(await dataKeyStore.active(tenant.id)).toEqual(got[0]);
    expect(await dataKeyStore.byId(tenant.id, got[0]?.id ?? "")).toEqual(got[0]);
  });

  it("a tenant does not get another tenant's key by its id", async () => {
    const [one, other] = [await makePlace(world), await makePlace(world)];
    const theirs = await dataKeyStore.insert(other.tenant.id, key());
    expect(await dataKeyStore.byId(one.tenant.id, theirs.id)).toBeUndefined();
  });
});
