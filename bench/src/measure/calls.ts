import type { Contender } from "./alternate.ts";

/**
 * A contender that is a function of this process: called again and again, with one argument after the other.
 * @param block calls between two looks at the clock
 */
export function callsOf<T>(
  name: string,
  call: (argument: T) => unknown,
  plan: { readonly args: readonly T[]; readonly seconds: number; readonly block: number },
): Contender {
  return {
    name,
    round: () => Promise.resolve(round(call, plan)),
  };
}

function round<T>(
  call: (argument: T) => unknown,
  { args, seconds, block }: { args: readonly T[]; seconds: number; block: number },
) {
  const before = process.cpuUsage();
  const started = performance.now();
  const end = started + seconds * 1000;
  let done = 0;
  while (performance.now() < end) {
    for (let at = 0; at < block; at += 1) call(args[(done + at) % args.length] as T);
    done += block;
  }
  const { user, system } = process.cpuUsage(before);
  return { rate: (done * 1000) / (performance.now() - started), cpuMicros: (user + system) / done };
}
