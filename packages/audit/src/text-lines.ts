import { Malformed } from "./malformed.ts";

/** No line of a bundle is longer: an event's text has 16,384 characters at most. */
const MAX_LINE = 1_048_576;

/**
 * The lines of UTF-8 text, without their newlines. What follows the last newline is no line: it was cut short.
 * Throws Malformed for other bytes than UTF-8 (replaced ones would hash alike) and for lines beyond a megabyte.
 */
export async function* textLines(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + decode(decoder, chunk)).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > MAX_LINE || lines.some((line) => line.length > MAX_LINE)) {
      throw new Malformed(`a line has more than ${MAX_LINE} characters`);
    }
    yield* lines;
  }
}

function decode(decoder: InstanceType<typeof TextDecoder>, chunk: Uint8Array): string {
  try {
    return decoder.decode(chunk, { stream: true });
  } catch {
    throw new Malformed("the text is not UTF-8");
  }
}
