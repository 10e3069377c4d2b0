import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeKeys, startProvider, type TestProvider } from "../test/test-provider.ts";
import { LoginError } from "./login-error.ts";
import { ProviderCache } from "./provider-cache.ts";

describe("the provider cache", () => {
  let there: TestProvider;
  let down = false;

  beforeEach(async () => {
    down = false;
    const keys = await makeKeys();
    there = await startProvider(keys);
  });
  afterEach(() => there.close());

  it("discovers once for callers at the same time, and again after the lifetime", async () => {
    const cache = new ProviderCache({ maxEntries: 2, lifetimeMs: 1000 });
    const [one, two] = await Promise.all([
      cache.get(there.settings, 0),
      cache.get(there.settings, 0),
    ]);
    expect(one).toBe(two);
    expect(await cache.get(there.settings, 999)).toBe(one);
    expect(there.paths).toHaveLength(1);
    expect(await cache.get(there.settings, 1000)).not.toBe(one);
    expect(there.paths).toHaveLength(2);
  });

  it("does not meet the old entry when the secret changed", async () => {
    const cache = new ProviderCache({ maxEntries: 2, lifetimeMs: 1000 });
    const one = await cache.get(there.settings, 0);
    expect(await cache.get({ ...there.settings, clientSecret: "new" }, 0)).not.toBe(one);
  });

  it("does not keep a failure", async () => {
    const keys = await makeKeys();
    down = true;
    const flaky = await startProvider(keys, {
      metadata: (right) => (down ? { ...right, jwks_uri: undefined } : right),
    });
    const cache = new ProviderCache({ maxEntries: 2, lifetimeMs: 1000 });
    await expect(cache.get(flaky.settings, 0)).rejects.toBeInstanceOf(LoginError);
    down = false;
    expect((await cache.get(flaky.settings, 0)).issuer).toBe(flaky.issuer);
    await flaky.close();
  });
});
