import { beforeAll, describe, expect, it } from "vitest";
import {
  allLines,
  chainOf,
  checkpointsOf,
  type ExportOptions,
  exportLog,
  KEY,
  makeLog,
  REGION,
  SIGNER,
  signerOf,
  type StoredLog,
  TENANT,
} from "./log-world.test-support.ts";
import { consistencyProof } from "./merkle.ts";
import { verifierKey } from "./signed-note.ts";
import { type Verdict, verifyBundle } from "./verify-bundle.ts";

let log: StoredLog;
beforeAll(async () => {
  log = await makeLog(50, 20);
});

/** What the verifier says to a log as exported, with the checkpoints of these sizes handed in. */
async function verify(
  of: StoredLog,
  options: ExportOptions = {},
  given: readonly number[] = [],
): Promise<Verdict> {
  const notes = await checkpointsOf(log.rows, given);
  return verifyBundle(exportLog(of, options), {
    keys: [KEY],
    checkpoints: notes.map(({ note, size }) => ({ note, source: `file ${size}` })),
  });
}

const proofOf = (from: number, to: number) => ({
  kind: "consistency" as const,
  from,
  to,
  proof: consistencyProof(
    log.rows.map(({ leafHash }) => Buffer.from(leafHash)),
    from,
    to,
  ),
});

describe("a log that nobody has touched", () => {
  it("verifies, and what no checkpoint covers is named", async () => {
    expect(await verify(log)).toEqual({
      outcome: "verified",
      report: {
        tenantId: TENANT,
        region: REGION,
        first: 1,
        last: 50,
        shown: 50,
        hidden: 0,
        covered: { first: 1, last: 40 },
        uncovered: { first: 41, last: 50 },
      },
    });
  });

  it("verifies with checkpoints of any size that left the database, in any order", async () => {
    expect(await verify(log, {}, [50, 1, 33, 0])).toMatchObject({
      outcome: "verified",
      report: { covered: { first: 1, last: 50 }, uncovered: null },
    });
  });

  it("verifies with hidden events, without showing them", async () => {
    const hides = ({ seq }: { seq: number }) => seq % 3 !== 0;
    expect(await verify(log, { hides }, [50])).toMatchObject({
      outcome: "verified",
      report: { shown: 16, hidden: 34, covered: { first: 1, last: 50 } },
    });
  });

  it("verifies from any event to any later one that a checkpoint ends", async () => {
    for (let first = 1; first <= 41; first += 1) {
      expect(await verify(log, { first }, [41])).toMatchObject({
        outcome: "verified",
        report: { covered: { first, last: 41 }, uncovered: { first: 42, last: 50 } },
      });
    }
  });

  it("verifies a stretch without a checkpoint in it, by a proof to a later one", async () => {
    const proofs = [proofOf(15, 20)];
    expect(await verify(log, { first: 8, last: 15, proofs }, [20])).toMatchObject({
      outcome: "verified",
      report: { covered: { first: 8, last: 15 }, uncovered: null },
    });
  });

  it("verifies a stretch that continues an earlier checkpoint, by a proof", async () => {
    const [earlier] = await checkpointsOf(log.rows, [7]);
    const options = { first: 12, outside: [earlier?.note ?? ""], proofs: [proofOf(7, 11)] };
    expect(await verify(log, options, [7])).toMatchObject({ outcome: "verified" });
  });

  it("without any event verifies against the checkpoint of an empty log", async () => {
    const empty = { ...log, rows: [], checkpoints: [] };
    expect(await verify(empty, {}, [0])).toMatchObject({
      outcome: "verified",
      report: { covered: null, uncovered: null },
    });
  });

  it("verifies across a change of keys for whoever trusts both", async () => {
    const next = signerOf(SIGNER.name, Buffer.alloc(32, 9));
    const checkpoints = [
      ...log.checkpoints.slice(0, 1),
      ...(await checkpointsOf(log.rows, [50], next)),
    ];
    const keys = [KEY, verifierKey(next.name, next.publicKey)];
    const lines = await allLines(exportLog({ ...log, checkpoints }));
    expect(await verifyBundle(lines, { keys, checkpoints: [] })).toMatchObject({
      outcome: "verified",
    });
    expect(await verifyBundle(lines, { keys: [KEY], checkpoints: [] })).toMatchObject({
      fault: { kind: "checkpoint_untrusted" },
    });
  });
});

describe("what is not proved is not called verified", () => {
  it("a bundle that no trusted checkpoint covers", async () => {
    expect(await verify({ ...log, checkpoints: [] })).toMatchObject({
      outcome: "wrong",
      fault: { kind: "nothing_covered", events: { first: 1, last: 50 } },
    });
    expect(await verify({ ...log, checkpoints: [] }, {}, [0])).toMatchObject({
      fault: { kind: "nothing_covered" },
    });
    const options = { first: 12, last: 15, proofs: [proofOf(7, 11)] };
    expect(await verify(log, options, [7])).toMatchObject({ fault: { kind: "nothing_covered" } });
  });

  it("a bundle that ends before a checkpoint that was handed in", async () => {
    expect(await verify({ ...log, rows: log.rows.slice(0, 45) }, {}, [50])).toMatchObject({
      fault: { kind: "events_missing", events: { first: 46, last: 50 }, line: null },
      report: { covered: { first: 1, last: 40 } },
    });
  });

  it("a bundle that begins behind a checkpoint that was handed in, without proof", async () => {
    expect(await verify(log, { first: 12 }, [7])).toMatchObject({
      fault: { kind: "checkpoint_not_linked", events: null },
    });
  });

  it("a proof of another history", async () => {
    const proofs = [{ ...proofOf(15, 20), proof: proofOf(14, 20).proof }];
    expect(await verify(log, { first: 8, last: 15, proofs }, [20])).toMatchObject({
      fault: { kind: "not_consistent" },
    });
  });

  it("two histories, each signed: one of them shown, the other handed in", async () => {
    const texts = log.rows.map(({ text }) => text);
    const other = { ...log, rows: chainOf(texts.with(24, texts[23] ?? "")) };
    const checkpoints = await checkpointsOf(other.rows, [20, 40]);
    expect(await verify({ ...other, checkpoints })).toMatchObject({ outcome: "verified" });
    expect(await verify({ ...other, checkpoints }, {}, [30])).toMatchObject({
      fault: { kind: "root_differs", events: { first: 21, last: 30 } },
    });
  });

  it("a chain that begins elsewhere, though every leaf is right", async () => {
    const texts = log.rows.map(({ text }) => text);
    const start = { ...log.rows[0], seq: 0, chainHash: Buffer.alloc(32, 1) };
    const rows = chainOf(texts, start as StoredLog["rows"][number]);
    expect(await verify({ ...log, rows })).toMatchObject({
      fault: { kind: "previous_hash_differs", events: { first: 1, last: 1 } },
    });
    expect(await verify({ ...log, rows }, { first: 5 })).toMatchObject({
      fault: { kind: "chain_head_differs", events: { first: 5, last: 20 } },
    });
  });

  it("a checkpoint of the bundle that stands behind its place", async () => {
    const lines = await allLines(exportLog(log));
    const [line = ""] = lines.splice(21, 1);
    lines.splice(30, 0, line);
    expect(await verifyBundle(lines, { keys: [KEY], checkpoints: [] })).toMatchObject({
      fault: { kind: "checkpoint_misplaced", line: 31 },
    });
  });

  it("a forged checkpoint that was handed in", async () => {
    const forger = { ...SIGNER, sign: signerOf(SIGNER.name, Buffer.alloc(32, 66)).sign };
    const [forged] = await checkpointsOf(log.rows, [10], forger);
    const checkpoints = [{ note: forged?.note ?? "", source: "10.txt" }];
    const verdict = await verifyBundle(exportLog(log), { keys: [KEY], checkpoints });
    expect(verdict).toMatchObject({ fault: { kind: "checkpoint_signature_invalid" } });
    expect(JSON.stringify(verdict)).toContain("10.txt");
  });

  it("an event whose text, as bytes, is another's", async () => {
    const rows = chainOf(['{"a":"\ud800"}', ...log.rows.slice(1).map(({ text }) => text)]);
    expect(await verify({ ...log, rows, checkpoints: [] })).toMatchObject({
      fault: { kind: "text_not_canonical", events: { first: 1, last: 1 } },
    });
  });

  it.each(["null", '"text"', "[]", "not JSON", "[".repeat(100_000)])(
    "an event whose text is %.20s",
    async (text) => {
      const verdict = await verify({ ...log, rows: chainOf([text]), checkpoints: [] });
      expect(verdict).toMatchObject({ outcome: "wrong", fault: { events: { first: 1, last: 1 } } });
    },
  );

  it.each([
    ["in another spelling", "text_not_canonical", "{", "{ "],
    ["of another tenant", "foreign_event", `"tenantId":"${TENANT}"`, '"tenantId":"another"'],
    ["of another region", "foreign_event", `"region":"${REGION}"`, '"region":"us-east-1"'],
  ])("an event %s", async (_, kind, from, to) => {
    const text = (log.rows[0]?.text ?? "").replace(from, to);
    expect(await verify({ ...log, rows: chainOf([text]), checkpoints: [] })).toMatchObject({
      fault: { kind, events: { first: 1, last: 1 } },
    });
  });

  it("two checkpoints of one size that disagree, whichever is handed in first", async () => {
    const other = chainOf(log.rows.map(({ text }) => text).with(24, "another"));
    const pair = [...(await checkpointsOf(log.rows, [30])), ...(await checkpointsOf(other, [30]))];
    for (const notes of [pair, pair.toReversed()]) {
      const checkpoints = notes.map(({ note }) => ({ note, source: "file" }));
      expect(await verifyBundle(exportLog(log), { keys: [KEY], checkpoints })).toMatchObject({
        fault: { kind: "split_view" },
      });
    }
    const [honest, lie] = [pair.slice(0, 1), pair.slice(1)];
    const checkpoints = lie.map(({ note }) => ({ note, source: "file" }));
    const bundle = exportLog({ ...log, checkpoints: honest });
    expect(await verifyBundle(bundle, { keys: [KEY], checkpoints })).toMatchObject({
      fault: { kind: "root_differs" },
    });
    const forgetful = exportLog({ ...log, checkpoints: [...honest, ...lie] });
    expect(await verifyBundle(forgetful, { keys: [KEY], checkpoints: [] })).toMatchObject({
      fault: { kind: "split_view" },
    });
  });
});
