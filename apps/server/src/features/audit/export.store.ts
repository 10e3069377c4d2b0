import type { BundleHeader, ConsistencyLine } from "@aic-sos/audit/bundle";
import { compactRangeAt, consistencyProofFrom } from "@aic-sos/audit/node-store";
import { type StoredCheckpoint, writeBundle } from "@aic-sos/audit/write-bundle";
import { auditEntries, auditHead, auditTree, chainHashAt } from "@aic-sos/db/audit-log";
import { read } from "@aic-sos/db/scoped";
import type { ExportEvents } from "@aic-sos/contract/audit-proofs";
import type { Grant } from "@aic-sos/policy/grant";
import type { z } from "zod";
import { invalidField } from "../../app-error.ts";

type Exporting = Grant<"audit_event:export">;
type Asked = z.output<typeof ExportEvents>;

/** Checkpoints read in one statement. */
const STEP = 200;

export const exportStore = {
  /**
   * The lines of an evidence bundle (packages/audit/BUNDLE.md), made as they are read.
   * @param grants one for each scope whose events are shown
   * @param keys the log's public keys, as C2SP verifier keys
   */
  async bundle(
    grants: readonly [Exporting, ...Exporting[]],
    asked: Asked,
    keys: readonly string[],
  ): Promise<AsyncIterable<string>> {
    const [grant] = grants;
    const { first, last, after, head } = await stretchOf(grant, asked);
    const tree = auditTree(grant);
    const [chainHash, range] = await Promise.all([
      chainHashAt(grant, first - 1),
      compactRangeAt(tree, first - 1),
    ]);
    const start = { chainHash, peaks: range.peaks() };
    const { tenantId, region } = grant;
    const header: BundleHeader = { kind: "header", tenantId, region, first, last, start, keys };
    const outside = await checkpointsOutside(grant, { first, last, head }, linksIn(asked));
    const proofs: ConsistencyLine[] = [];
    for (const { size } of outside) {
      const [from, to] = size < first ? [size, first - 1] : [last, size];
      if (from === 0) continue;
      const proof = await consistencyProofFrom(tree, from, to);
      proofs.push({ kind: "consistency", from, to, proof });
    }
    return writeBundle({
      header,
      entries: auditEntries(grants, (after ?? first - 1) + 1, last),
      checkpoints: checkpointsWithin(grant, after ?? first - 1, last),
      outside: outside.map(({ note }) => note),
      proofs,
      ...(after === undefined ? {} : { after }),
    });
  },
};

/** What was asked for, within what there is. */
async function stretchOf(grant: Exporting, { first = 1, last, after }: Asked) {
  const head = await auditHead(grant);
  const end = last ?? Math.max(head, first - 1);
  if (end > head)
    throw invalidField(last === undefined ? "first" : "last", `is beyond event ${head}`);
  if (end < first - 1) throw invalidField("last", "must not be smaller than first");
  if (after !== undefined && last === undefined) {
    throw invalidField("last", "is needed with after: which bundle it is");
  }
  if (after !== undefined && (after < first - 1 || after > end)) {
    throw invalidField("after", "must be an event of the stretch");
  }
  return { first, last: end, after, head };
}

function linksIn({ link }: Asked): number[] {
  return link === undefined ? [] : link.split(",").map(Number);
}

/** The checkpoints asked for, and the one that covers the end of the stretch, where none within it does. */
async function checkpointsOutside(
  grant: Exporting,
  { first, last, head }: { first: number; last: number; head: number },
  asked: readonly number[],
): Promise<StoredCheckpoint[]> {
  const sizes = asked.filter((size) => size < first - 1 || size > last);
  const named = await read(grant, (db) =>
    db.auditCheckpoint.findMany({
      where: { treeSize: { in: sizes } },
      select: { treeSize: true, note: true },
      orderBy: { treeSize: "asc" },
    }),
  );
  const missing = sizes.find((size) => !named.some(({ treeSize }) => Number(treeSize) === size));
  if (missing !== undefined) throw invalidField("link", `names no checkpoint of size ${missing}`);
  const next = await read(grant, (db) =>
    db.auditCheckpoint.findFirst({
      // Beyond the head there is none, unless the log was cut off: an export is made all the same.
      where: { treeSize: { gte: last, lte: head } },
      select: { treeSize: true, note: true },
      orderBy: { treeSize: "asc" },
    }),
  );
  const isNew = next && Number(next.treeSize) > last && !sizes.includes(Number(next.treeSize));
  // Nothing can be proved of an empty stretch's end: it has no last event.
  const rows = isNew && last > 0 ? [...named, next] : named;
  return rows.map(({ treeSize, note }) => ({ size: Number(treeSize), note }));
}

/** Those of sizes `from` to `to`, in order. */
async function* checkpointsWithin(
  grant: Exporting,
  from: number,
  to: number,
): AsyncGenerator<StoredCheckpoint, void, undefined> {
  for (let next = from; ; ) {
    const rows = await read(grant, (db) =>
      db.auditCheckpoint.findMany({
        where: { treeSize: { gte: next, lte: to } },
        select: { treeSize: true, note: true },
        orderBy: { treeSize: "asc" },
        take: STEP,
      }),
    );
    yield* rows.map(({ treeSize, note }) => ({ size: Number(treeSize), note }));
    const last = rows.at(-1);
    if (last === undefined || rows.length < STEP) return;
    next = Number(last.treeSize) + 1;
  }
}
