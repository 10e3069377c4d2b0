import autocannon from "autocannon";

export interface Load {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly seconds: number;
}

/** Loads one address for a while. @returns answers a second. @throws when one of them was no success */
export async function load({ url, headers = {}, connections, seconds }: Load): Promise<number> {
  const result = await autocannon({ url, headers: { ...headers }, connections, duration: seconds });
  const failed = result.errors + result.timeouts + result.non2xx;
  if (failed > 0) {
    throw new Error(
      `${failed} of ${result.requests.total} requests to ${new URL(url).pathname} failed`,
    );
  }
  return result.requests.total / result.duration;
}
