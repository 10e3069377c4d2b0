import { isIP } from "node:net";

/** RFC 7239 §4: one `for` in each element, an address with or without its port, or a word for none. */
const ELEMENT = /^[ \t]*(?:[a-z]+=(?:"[^"\\]*"|[^",;\s]+)[ \t]*;[ \t]*)*$/i;

/**
 * The addresses in a `Forwarded` header, the caller's first, as `X-Forwarded-For` has them. Undefined where it is
 * malformed, or names an address by a word: then the address of the proxy is as much as is known.
 */
export function forwardedFor(header: string): string | undefined {
  const addresses = header.split(",").map((element) => {
    if (!ELEMENT.test(`${element};`)) return undefined;
    const named = [...element.matchAll(/(?:^|[;\s])for=(?:"([^"]*)"|([^;\s]+))/gi)];
    const [first, ...more] = named.map((match) => match[1] ?? match[2] ?? "");
    if (first === undefined || more.length > 0) return undefined;
    const address = /^\[([0-9a-f:.]+)\](?::\d+)?$|^([0-9.]+)(?::\d+)?$/i.exec(first);
    const plain = address?.[1] ?? address?.[2] ?? "";
    return isIP(plain) === 0 ? undefined : plain;
  });
  return addresses.includes(undefined) ? undefined : addresses.join(", ");
}
