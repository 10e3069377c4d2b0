import { BlockList, isIP } from "node:net";

/** IPv4 that is nobody's on the public internet: IANA's special-purpose registry (RFC 6890), multicast and class E. */
const NOT_PUBLIC_V4 = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const;

/**
 * IPv6 inside 2000::/3 that is not public, or carries an IPv4 address that would have to be judged in its place:
 * Teredo and the other protocol assignments, documentation, 6to4. Everything outside 2000::/3 is refused as a whole:
 * loopback, link-local, unique-local, multicast, IPv4-mapped, NAT64, discard.
 */
const NOT_PUBLIC_V6 = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const;

const refused = new BlockList();
for (const [network, bits] of NOT_PUBLIC_V4) refused.addSubnet(network, bits, "ipv4");
for (const [network, bits] of NOT_PUBLIC_V6) refused.addSubnet(network, bits, "ipv6");

const globalUnicast = new BlockList();
globalUnicast.addSubnet("2000::", 3, "ipv6");

/** True for an address that belongs to the public internet. Anything that is no address is not. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !refused.check(address, "ipv4");
    case 6:
      // A zone (fe80::1%eth0) names an interface of this machine.
      if (address.includes("%")) return false;
      return globalUnicast.check(address, "ipv6") && !refused.check(address, "ipv6");
    default:
      return false;
  }
}
