import { describe, expect, it } from "vitest";
import { tryAgainAddress } from "./try-again-address.ts";

describe("trying again after the provider did not answer", () => {
  const error = "provider_unreachable";

  it.each([
    [
      { tenant: "acme", region: "eu-west-1", provider: "p1", return_to: "/w/x?a=b" },
      "/auth/login?tenant=acme&return_to=%2Fw%2Fx%3Fa%3Db&region=eu-west-1&provider=p1",
    ],
    [{ email: "a@b.test", return_to: "/x" }, "/auth/login?email=a%40b.test&return_to=%2Fx"],
    [
      { tenant: "acme", region: "eu-west-1", invitation: "inv_x", provider: "p1" },
      "/auth/invitation/inv_x?provider=p1",
    ],
    [{ as: "platform" }, "/auth/platform/login"],
    [{ tenant: "acme", return_to: "//evil.example" }, "/auth/login?tenant=acme&return_to=%2F"],
    [{}, undefined],
  ] as const)("goes the way of %j", (way, address) => {
    expect(tryAgainAddress({ error, ...way })).toBe(address);
  });

  it.each([undefined, "no_access", "state_mismatch"])("is not offered after %s", (other) => {
    expect(tryAgainAddress({ error: other, tenant: "acme" })).toBeUndefined();
  });
});
