import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allLines } from "./log-world.test-support.ts";
import { Malformed } from "./malformed.ts";
import { textLines } from "./text-lines.ts";

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const linesOf = (bytes: Uint8Array, size = 7): Promise<string[]> =>
  allLines(textLines(inPieces(bytes, size)));

describe("lines", () => {
  it("are the same however the bytes arrive", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: "grapheme" }).map((text) => text.replaceAll("\n", ""))),
        fc.integer({ min: 1, max: 50 }),
        async (lines, size) => {
          const text = lines.map((line) => `${line}\n`).join("");
          expect(await linesOf(Buffer.from(text), size)).toEqual(lines);
        },
      ),
    );
  });

  it("end with a newline: what follows the last one was cut short", async () => {
    expect(await linesOf(Buffer.from("one\ntwo"))).toEqual(["one"]);
  });

  it("are UTF-8, or nothing: replaced bytes would hash alike", async () => {
    await expect(linesOf(Buffer.from([0x61, 0xff, 0x0a]))).rejects.toThrow(Malformed);
    await expect(linesOf(Buffer.from([0xed, 0xa0, 0x80, 0x0a]))).rejects.toThrow(Malformed);
  });

  it("keep a byte order mark, which no bundle has", async () => {
    expect(await linesOf(Buffer.from("\ufeffa\n"))).toEqual(["\ufeffa"]);
  });

  it("have an end to their length", async () => {
    await expect(linesOf(Buffer.alloc(1_048_577, 0x61), 65_536)).rejects.toThrow("more than");
  });
});
