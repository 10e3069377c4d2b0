import { type DestinationStream, pino, type Logger } from "pino";

export type Log = Logger;

/**
 * The log. What may appear is an allow-list: callers pass flat fields that they name one by one, and of an error only
 * its kind and message-free origin are kept, since messages and nested properties may hold secrets or content.
 */
export function createLog(level: string, destination: DestinationStream = buffered()): Log {
  const options = {
    level,
    base: null,
    serializers: { err: describeError },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  return pino(options, destination);
}

/** Standard output, some lines at a time: one system call per request would be the dearest part of a read. */
function buffered(): DestinationStream {
  return pino.destination({ fd: 1, sync: false, minLength: 4_096, periodicFlush: 250 });
}

/**
 * Waits until every line is out, or nobody reads them any more. To be awaited before the process is made to exit: the flush
 * that happens then by itself tries for ever to write into a pipe whose reader is gone.
 */
export function flushLog(log: Log): Promise<void> {
  return new Promise((resolve) => log.flush(() => resolve()));
}

/** Name, code and stack frames of an error and of its causes; no messages. */
export function describeError(error: unknown, depth = 0): object {
  if (!(error instanceof Error)) return { kind: typeof error };
  const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {};
  const frames = framesOf(error)
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());
  const cause =
    error.cause !== undefined && depth < 3 ? { cause: describeError(error.cause, depth + 1) } : {};
  return { kind: error.name, ...code, frames, ...cause };
}

/** The stack without the message before it: a message may have lines that look like frames. */
function framesOf({ stack = "", message }: Error): string {
  const start = message === "" ? 0 : stack.indexOf(message);
  return start < 0 ? "" : stack.slice(start + message.length);
}
