import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";

/** The repository's root. */
export const ROOT = join(import.meta.dirname, "..");

export interface Outcome {
  readonly code: number;
  readonly output: string;
  readonly seconds: number;
}

/**
 * Runs a program of this repository (its own `.bin` first, so the pinned Node) at the root, and never rejects: a
 * program that cannot be started has code 127. `show` passes its output on while it runs.
 */
export function run(
  [program, ...parameters]: readonly [string, ...string[]],
  { show = false }: { show?: boolean } = {},
): Promise<Outcome> {
  const started = performance.now();
  const chunks: Buffer[] = [];
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const end = (code: number, sentence = ""): void =>
    resolve({
      code,
      output: Buffer.concat(chunks).toString("utf8") + sentence,
      seconds: (performance.now() - started) / 1000,
    });
  const child = spawn(program, parameters, {
    cwd: ROOT,
    env: {
      ...process.env,
      PATH: [join(ROOT, "node_modules/.bin"), process.env.PATH].join(delimiter),
      // Neither asks nor tells anybody outside.
      DO_NOT_TRACK: "1",
      TURBO_TELEMETRY_DISABLED: "1",
      TURBO_NO_UPDATE_NOTIFIER: "1",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const [stream, target] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    stream.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      if (show) target.write(chunk);
    });
  }
  child.on("error", (error) => end(127, error.message));
  child.on("close", (code, signal) => end(code ?? 1, signal === null ? "" : `ended by ${signal}`));
  return promise;
}

/** The last line of `check` and `test`, which `.ci/run` adds up. */
export function tally(counts: { passed: number; failed: number; skipped?: number }): string {
  const skipped = counts.skipped ? `, ${counts.skipped} skipped` : "";
  return `${counts.passed} passed, ${counts.failed} failed${skipped}`;
}
