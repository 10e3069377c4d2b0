import { beforeAll, describe, expect, it } from "vitest";
import { GENESIS } from "./chain.ts";
import { originOf, signCheckpoint } from "./checkpoint.ts";
import {
  allLines,
  exportLog,
  KEY,
  makeLog,
  REGION,
  signerOf,
  type StoredLog,
} from "./log-world.test-support.ts";
import { EMPTY_ROOT } from "./merkle-hash.ts";
import { verifierKey } from "./signed-note.ts";
import { verifyBundle } from "./verify-bundle.ts";

let log: StoredLog;
beforeAll(async () => {
  log = await makeLog(50, 20);
});

describe("what is no whole bundle is unusable", () => {
  const trust = { keys: [KEY], checkpoints: [] };

  it("cut short behind any line", async () => {
    const lines = await allLines(exportLog(log));
    for (let length = 0; length < lines.length; length += 1) {
      expect(await verifyBundle(lines.slice(0, length), trust)).toMatchObject({
        outcome: "unusable",
      });
    }
  });

  it("with any line taken out but a checkpoint, which proves less and is no fault", async () => {
    const lines = await allLines(exportLog(log));
    const without = [...lines.keys()].filter((at) => !lines[at]?.includes('"checkpoint"'));
    for (const at of without) {
      const verdict = await verifyBundle(lines.toSpliced(at, 1), trust);
      expect(verdict.outcome, lines[at]).not.toBe("verified");
    }
  });

  it.each([
    ["a second header", (lines: string[]) => [lines[0] ?? "", ...lines]],
    ["no header", (lines: string[]) => lines.slice(1)],
    ["something after its end", (lines: string[]) => [...lines, lines.at(-1) ?? ""]],
    ["another end", (lines: string[]) => [...lines.slice(0, -1), '{"kind":"end","last":49}']],
    ["an event too many", (lines: string[]) => lines.toSpliced(-1, 0, lines.at(-2) ?? "")],
    [
      "a foreign proof",
      (lines: string[]) =>
        lines.toSpliced(-1, 0, '{"kind":"consistency","from":3,"to":9,"proof":[]}'),
    ],
    [
      "a name twice, of which another reader may show the first",
      (lines: string[]) =>
        lines.with(
          1,
          (lines[1] ?? "").replace('"seq":1,', '"seq":1,"text":"what another reader shows",'),
        ),
    ],
    [
      "another spelling of the same line",
      (lines: string[]) => lines.with(1, (lines[1] ?? "").replace('"seq":1,', '"seq": 1,')),
    ],
    [
      "a prototype of its own",
      (lines: string[]) =>
        lines.with(1, (lines[1] ?? "").replace('"seq":1,', '"seq":1,"__proto__":{"seq":1},')),
    ],
    [
      "peaks of another tree",
      (lines: string[]) =>
        lines.with(0, (lines[0] ?? "").replace('"peaks":[]', '"peaks":["AAAA"]')),
    ],
  ])("with %s", async (_, change) => {
    const lines = change(await allLines(exportLog(log)));
    expect(await verifyBundle(lines, trust)).toMatchObject({ outcome: "unusable" });
  });

  it("without a key of that very log", async () => {
    const other = signerOf(originOf(REGION, "another"), Buffer.alloc(32, 7));
    const keys = [verifierKey(other.name, other.publicKey)];
    const verdict = await verifyBundle(exportLog(log), { keys, checkpoints: [] });
    expect(verdict).toMatchObject({ outcome: "unusable", line: null });
    expect(JSON.stringify(verdict)).toContain(KEY.id);
  });

  it("with a checkpoint of another log handed in", async () => {
    const origin = originOf(REGION, "another");
    const other = signerOf(origin, Buffer.alloc(32, 7));
    const note = await signCheckpoint(
      { origin, size: 0, root: EMPTY_ROOT, chainHead: GENESIS },
      other,
    );
    const checkpoints = [{ note, source: "other.txt" }];
    const verdict = await verifyBundle(exportLog(log), { keys: [KEY], checkpoints });
    expect(verdict).toMatchObject({ outcome: "unusable" });
    expect(JSON.stringify(verdict)).toContain("other.txt");
  });
});
