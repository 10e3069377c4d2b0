import { describe, expect, it } from "vitest";
import { isPublicAddress } from "./public-address.ts";

const PUBLIC = ["1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1"];
const PUBLIC_V6 = ["2606:4700:4700::1111", "2a00:1450:4001:80b::200e", "2400:cb00::1"];

const NOT_PUBLIC: Readonly<Record<string, readonly string[]>> = {
  "this host": ["0.0.0.0", "0.1.2.3", "::"],
  loopback: ["127.0.0.1", "127.255.255.254", "::1"],
  private: ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fd12:3456::1"],
  "the metadata service and link-local": ["169.254.169.254", "fe80::1", "fe80::1%eth0"],
  "carrier-grade NAT": ["100.64.0.1", "100.127.255.255"],
  multicast: ["224.0.0.1", "239.255.255.255", "ff02::1"],
  "broadcast and reserved": ["240.0.0.1", "255.255.255.255"],
  "benchmarks and documentation": ["198.18.0.1", "192.0.2.1", "198.51.100.1", "203.0.113.1"],
  "documentation (v6)": ["2001:db8::1", "3fff::1"],
  "IPv4-mapped": ["::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::ffff:7f00:1"],
  "IPv4-compatible": ["::127.0.0.1"],
  NAT64: ["64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1"],
  "6to4 and Teredo": ["2002:7f00:1::", "2001::1", "192.88.99.1"],
  "no address": ["", "localhost", "127.1", "0x7f000001", "2130706433", "1.2.3.4.5", " 1.1.1.1"],
};

describe("a public address", () => {
  it.each([...PUBLIC, ...PUBLIC_V6])("%s is one", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each(Object.entries(NOT_PUBLIC))("is never %s", (_, addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([]);
  });
});
