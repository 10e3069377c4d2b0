import { BlockList, isIP } from "node:net";

/** Addresses of the other ends of connections. */
export interface PeerList {
  /** @param address as a socket names it; IPv4 mapped into IPv6 is IPv4 */
  has(address: string | undefined): boolean;
}

/** Names that stand for networks, as Express takes them, too. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  loopback: ["127.0.0.1/8", "::1/128"],
  linklocal: ["169.254.0.0/16", "fe80::/10"],
  uniquelocal: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"],
};

/** @throws RangeError with what is no address, network or name of networks */
export function peerList(entries: readonly string[]): PeerList {
  const list = new BlockList();
  for (const entry of entries.flatMap((one) => NAMED[one] ?? [one])) {
    const [address = "", bits, ...more] = entry.split("/");
    const version = isIP(address);
    if (version === 0 || more.length > 0) throw unknownPeer(entry);
    const family = version === 4 ? "ipv4" : "ipv6";
    const longest = version === 4 ? 32 : 128;
    if (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= longest)) {
      throw unknownPeer(entry);
    }
    list.addSubnet(address, bits === undefined ? longest : Number(bits), family);
  }
  return {
    has: (address) => {
      const plain = plainAddress(address ?? "");
      const version = isIP(plain);
      return version !== 0 && list.check(plain, version === 4 ? "ipv4" : "ipv6");
    },
  };
}

function unknownPeer(entry: string): RangeError {
  return new RangeError(
    `${entry} is no address, no network such as 10.0.0.0/8, and none of ${Object.keys(NAMED).join(", ")}`,
  );
}

/** `::ffff:192.0.2.1` is what a socket for both families calls 192.0.2.1. */
export function plainAddress(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}
