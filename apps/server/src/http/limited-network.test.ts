import { describe, expect, it } from "vitest";
import { limitedNetwork } from "./limited-network.ts";

describe("what a limit by address counts", () => {
  it.each([
    ["203.0.113.9", "203.0.113.9"],
    ["unknown", "unknown"],
    ["2001:db8:1:2::1", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:0002:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"],
    ["2001:db8::1:2:3:4", "2001:db8:0:0::/64"],
    ["2001:db8:0:3:4:5:6:7", "2001:db8:0:3::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ])("of %s is %s", (address, counted) => {
    expect(limitedNetwork(address)).toBe(counted);
  });
});
