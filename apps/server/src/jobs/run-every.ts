import type { Log } from "../log.ts";

/** A job that repeats until it is stopped. */
export interface RepeatedJob {
  /** Resolves when the turn that is under way has ended. */
  stop(): Promise<void>;
}

/**
 * Runs `turn` again and again with a pause between. A turn that says `again` is followed at once; one that throws is
 * logged and tried again after a longer pause, so a database that is away does not fill the log.
 */
export function runEvery(
  name: string,
  pauseMs: number,
  log: Log,
  turn: () => Promise<"again" | "pause">,
): RepeatedJob {
  const state = { stopped: false };
  let wake: () => void = () => undefined;
  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const loop = async () => {
    let failures = 0;
    while (!state.stopped) {
      try {
        const next = await turn();
        failures = 0;
        if (next === "pause" && !state.stopped) await sleep(pauseMs);
      } catch (error) {
        failures += 1;
        log.error({ err: error, job: name }, "job failed");
        if (!state.stopped) await sleep(Math.min(5_000, pauseMs * 2 ** Math.min(failures, 6)));
      }
    }
  };
  const ended = loop();
  return {
    stop: () => {
      state.stopped = true;
      wake();
      return ended;
    },
  };
}
