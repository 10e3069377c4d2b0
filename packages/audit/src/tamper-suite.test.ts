import { describe, expect, it } from "vitest";
import {
  chainOf,
  checkpointsOf,
  diceOf,
  eventText,
  exportLog,
  KEY,
  makeLog,
} from "./log-world.test-support.ts";
import { tamperSuite } from "./tamper-suite.test-support.ts";
import { verifyBundle } from "./verify-bundle.ts";

describe("whoever rewrites the database", () => {
  // 20 ms each, on two busy cores.
  it("is found out wherever an exported checkpoint covers it, and where", {
    timeout: 60_000,
  }, async () => {
    const { tried, found, missed, faults } = await tamperSuite(200, 2026);
    expect(missed).toEqual([]);
    expect([tried, found]).toEqual([200, 200]);
    // The suite tampers in ways that show in every way they can.
    expect(Object.keys(faults)).toEqual(
      expect.arrayContaining([
        "chain_hash_differs",
        "checkpoint_signature_invalid",
        "events_missing",
        "leaf_hash_differs",
        "previous_hash_differs",
        "root_differs",
        "sequence_gap",
        "text_not_canonical",
      ]),
    );
  });

  it("can rewrite what no checkpoint covers, and the verifier says which events those are", async () => {
    const log = await makeLog(500, 40);
    const kept = log.rows.slice(0, 480);
    const rows = [...kept, ...chainOf([eventText(999, diceOf(3))], kept.at(-1))];
    const checkpoints = (await checkpointsOf(log.rows, [480])).map(({ note }) => ({
      note,
      source: "exported",
    }));
    expect(
      await verifyBundle(exportLog({ ...log, rows }), { keys: [KEY], checkpoints }),
    ).toMatchObject({
      outcome: "verified",
      report: { covered: { first: 1, last: 480 }, uncovered: { first: 481, last: 481 } },
    });
  });
});
