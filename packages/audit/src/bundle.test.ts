import { describe, expect, it } from "vitest";
import { formatBundleLine, parseBundleLine } from "./bundle.ts";
import { allLines, exportLog, makeLog } from "./log-world.test-support.ts";
import { Malformed } from "./malformed.ts";

const log = await makeLog(9, 4);
const LINES = await allLines(
  exportLog(log, {
    first: 3,
    hides: ({ seq }) => seq === 5,
    outside: ["a note"],
    proofs: [{ kind: "consistency", from: 2, to: 4, proof: [Buffer.alloc(32, 1)] }],
  }),
);

const kindsOf = (lines: readonly string[]): string[] =>
  lines.map((line) => parseBundleLine(line).kind);

describe("a bundle", () => {
  it("has its checkpoints where they are reached, then what lies outside, then its end", () => {
    expect(kindsOf(LINES)).toEqual([
      "header",
      "event",
      "event",
      "checkpoint",
      "leaf",
      "event",
      "event",
      "event",
      "checkpoint",
      "event",
      "checkpoint",
      "consistency",
      "end",
    ]);
  });

  it("is written as it was read", () => {
    expect(LINES.map((line) => formatBundleLine(parseBundleLine(line)))).toEqual(LINES);
  });

  it("shows nothing of a withheld event but hashes", () => {
    const leaf = LINES[4] ?? "";
    expect(Object.keys(JSON.parse(leaf))).toEqual([
      "kind",
      "seq",
      "textHash",
      "leafHash",
      "previousChainHash",
      "chainHash",
    ]);
  });

  it("is made up of where a download broke off, behind any event, byte for byte", async () => {
    const whole = await allLines(exportLog(log));
    for (const { seq } of log.rows) {
      const at = whole.findIndex((line) => line.includes(`"event","seq":${seq},`));
      const rest = await allLines(exportLog(log, { after: seq }));
      expect([...whole.slice(0, at + 1), ...rest]).toEqual(whole);
    }
  });

  it("of nothing is a header and an end", async () => {
    expect(kindsOf(await allLines(exportLog(log, { first: 10, last: 9 })))).toEqual([
      "header",
      "end",
    ]);
  });
});

describe("a line of a bundle", () => {
  const [header = "", event = ""] = LINES;
  const change = (line: string, fields: object): string =>
    JSON.stringify({ ...(JSON.parse(line) as object), ...fields });

  it.each([
    ["no JSON", "{"],
    ["no object", "[]"],
    ["null", "null"],
    ["no kind", "{}"],
    ["an unknown kind", '{"kind":"note"}'],
    ["a field too many", change(event, { more: 1 })],
    ["a field too few", '{"kind":"checkpoint"}'],
    ["a number for text", change(event, { text: 1 })],
    ["text for a number", change(event, { seq: "1" })],
    ["a fraction", change(event, { seq: 1.5 })],
    ["hexadecimal for base64", change(event, { leafHash: "ab".repeat(31) + "a" })],
    ["base64 with a line break", change(event, { leafHash: "AAAA\n" })],
    ["another format", change(header, { format: "other" })],
    ["a later version", change(header, { version: 2 })],
    ["another log's origin", change(header, { origin: "aic-sos/eu-west-1/another" })],
    ["events from 0 on", change(header, { first: 0 })],
    ["an end before its beginning", change(header, { last: 1 })],
    ["a start without a chain hash", change(header, { start: { peaks: [] } })],
    ["a chain hash of two bytes", change(header, { start: { peaks: [], chainHash: "AAA=" } })],
    ["a proof that is no list", '{"kind":"consistency","from":1,"to":2,"proof":""}'],
  ])("is refused with %s", (_, line) => {
    expect(() => parseBundleLine(line)).toThrow(Malformed);
  });
});
