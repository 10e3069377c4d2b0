import autocannon from "autocannon";
import type { Round } from "./alternate.ts";

export interface Load {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly seconds: number;
  /** Processor time that the server has used so far, in microseconds. */
  readonly cpuMicros: () => number | null;
}

/** Loads one address for a while. @throws when an answer was no success */
export async function load({
  url,
  headers = {},
  connections,
  seconds,
  cpuMicros,
}: Load): Promise<Round> {
  const before = cpuMicros();
  const result = await autocannon({ url, headers: { ...headers }, connections, duration: seconds });
  const failed = result.errors + result.timeouts + result.non2xx;
  if (failed > 0) {
    throw new Error(
      `${failed} of ${result.requests.total} requests to ${new URL(url).pathname} failed`,
    );
  }
  const after = cpuMicros();
  return {
    rate: result.requests.total / result.duration,
    cpuMicros: before === null || after === null ? null : (after - before) / result.requests.total,
  };
}
