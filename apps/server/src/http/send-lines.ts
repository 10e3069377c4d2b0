import { once } from "node:events";
import type { Response } from "express";

/** Bytes that are gathered before they are sent. */
const CHUNK = 64 * 1024;
/** A caller who takes nothing for so many milliseconds is gone, or wants the place of others. */
const STALL_MS = 60_000;

/**
 * Answers with lines as they are made, no faster than the caller takes them. What fails before the first line is thrown,
 * so that it can be answered as a problem; later the connection breaks off, and the missing last line tells it.
 */
export async function sendLines(
  res: Response,
  mediaType: string,
  lines: AsyncIterable<string>,
  stallMs = STALL_MS,
): Promise<void> {
  const iterator = lines[Symbol.asyncIterator]();
  try {
    let next = await iterator.next();
    res.writeHead(200, { "content-type": mediaType, "cache-control": "no-store" });
    let chunk = "";
    for (; !next.done; next = await iterator.next()) {
      chunk += `${next.value}\n`;
      if (chunk.length < CHUNK) continue;
      await send(res, chunk, stallMs);
      if (res.closed) return;
      chunk = "";
    }
    res.end(chunk);
  } finally {
    await iterator.return?.();
  }
}

async function send(res: Response, chunk: string, stallMs: number): Promise<void> {
  if (res.write(chunk) || res.closed) return;
  const waited = new AbortController();
  const { signal } = waited;
  const stalled = setTimeout(() => res.destroy(), stallMs);
  try {
    await Promise.race([once(res, "drain", { signal }), once(res, "close", { signal })]);
  } finally {
    clearTimeout(stalled);
    // Else what did not come stays listened for, once more with each chunk.
    waited.abort();
  }
}
