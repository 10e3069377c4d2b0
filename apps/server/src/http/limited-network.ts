import { isIP } from "node:net";

/** Of the eight groups of an IPv6 address those of the network: /64, of which every line has one at least (RFC 6177). */
const NETWORK_GROUPS = 4;

/**
 * What a limit by address counts: an IPv4 address, and of IPv6 the network, since whoever has one address there has
 * 2^64 of them and could come by another one each time.
 */
export function limitedNetwork(address: string): string {
  const [plain = ""] = address.split("%");
  if (isIP(plain) !== 6) return address;
  // The URL parser writes every address in its one short form (RFC 5952).
  const short = new URL(`http://[${plain}]/`).hostname.slice(1, -1);
  const [head = [], tail = []] = short.split("::").map((part) => part.split(":").filter(Boolean));
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => "0");
  const groups = [...head, ...zeros, ...tail];
  return `${groups.slice(0, NETWORK_GROUPS).join(":")}::/64`;
}
