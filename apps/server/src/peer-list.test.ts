import { describe, expect, it } from "vitest";
import { forwardedFor } from "./http/forwarded-for.ts";
import { peerList } from "./peer-list.ts";

describe("a list of peers", () => {
  it("holds addresses, networks and names of networks, and nobody else", () => {
    const list = peerList(["192.0.2.7", "10.1.0.0/16", "2001:db8::/32", "loopback"]);
    const [inside, outside] = [
      ["192.0.2.7", "::ffff:192.0.2.7", "10.1.255.1", "2001:db8::1", "127.0.0.9", "::1"],
      ["192.0.2.8", "10.2.0.1", "2001:db9::1", "::2", "", "unix", undefined],
    ];
    expect(inside?.filter((address) => !list.has(address))).toEqual([]);
    expect(outside?.filter((address) => list.has(address))).toEqual([]);
    expect(peerList([]).has("127.0.0.1")).toBe(false);
  });

  it.each(["proxy.example", "10.0.0.0/33", "10.0.0.0/8/8", "10.0.0", "::/129", "1.2.3.4/", ""])(
    "refuses %j instead of trusting nobody, or everybody",
    (entry) => {
      expect(() => peerList([entry])).toThrow(RangeError);
    },
  );
});

describe("the header Forwarded", () => {
  it.each([
    ["for=192.0.2.43", "192.0.2.43"],
    ["For=192.0.2.43:4711;proto=https;by=203.0.113.60", "192.0.2.43"],
    ['for="[2001:db8:cafe::17]:4711"', "2001:db8:cafe::17"],
    ["for=192.0.2.43, proto=http;for=198.51.100.17", "192.0.2.43, 198.51.100.17"],
  ])("says whom %s was for", (header, addresses) => {
    expect(forwardedFor(header)).toBe(addresses);
  });

  it.each([
    "for=unknown",
    "for=_hidden",
    "proto=https",
    "for=1.2.3.4;for=5.6.7.8",
    "x",
    "",
    "for=1.2.3",
  ])("says nothing by %j", (header) => {
    expect(forwardedFor(header)).toBeUndefined();
  });
});
