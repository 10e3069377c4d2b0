import { lookup, Resolver } from "node:dns/promises";

/** Names and what the DNS says of them. */
export interface DnsResolver {
  /**
   * Every address of a host; empty where there is none. One question, asked once.
   * @param named by the deployment: such a host may stand in the machine's own list, which is the system's to read. That
   *   takes one of the four threads that the process has for files and keys, too, for as long as it takes: a host that
   *   a user entered, whose name server may never answer, is asked of the DNS without one.
   */
  addresses(host: string, named: boolean): Promise<readonly string[]>;
  /** The TXT records of a name, each in one piece; empty where there is none. Rejects when nobody answers. */
  txt(name: string): Promise<readonly string[]>;
}

/** The answers that mean "there is none", as opposed to "nobody answered". */
const NONE: ReadonlySet<unknown> = new Set(["ENOTFOUND", "ENODATA"]);

/** @param servers `address:port` of the DNS servers to ask; without any the system's own */
export function createDnsResolver(servers: readonly string[] = []): DnsResolver {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  if (servers.length > 0) resolver.setServers([...servers]);
  return {
    addresses: async (host, named) => {
      if (named && servers.length === 0) {
        return (await noneIfMissing(lookup(host, { all: true }))).map(({ address }) => address);
      }
      const [four, six] = await Promise.all([
        noneIfMissing(resolver.resolve4(host)),
        noneIfMissing(resolver.resolve6(host)),
      ]);
      return [...four, ...six];
    },
    txt: async (name) =>
      (await noneIfMissing(resolver.resolveTxt(name))).map((chunks) => chunks.join("")),
  };
}

async function noneIfMissing<T>(answer: Promise<T[]>): Promise<T[]> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && "code" in error && NONE.has(error.code)) return [];
    throw error;
  }
}
