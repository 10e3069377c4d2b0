import { originOf } from "@aic-sos/audit/checkpoint";
import { toBase64 } from "@aic-sos/audit/base64";
import { consistencyProofFrom, inclusionProofFrom } from "@aic-sos/audit/node-store";
import { auditHead, auditTree } from "@aic-sos/db/audit-log";
import { assertCurrent, read } from "@aic-sos/db/scoped";
import type { Grant } from "@aic-sos/policy/grant";
import { AppError, invalidField, notFound } from "../../app-error.ts";
import { findEvent } from "./audit.store.ts";

type Reading = Grant<"audit_event:read">;

export const proofStore = {
  /** The name of the log, for somebody who may still read it. */
  async origin(grant: Reading): Promise<string> {
    await assertCurrent(grant);
    return originOf(grant.region, grant.tenantId);
  },

  /** How far the log is sealed, and its last checkpoint. */
  async status(grant: Reading) {
    const [sealedSeq, row] = await Promise.all([
      auditHead(grant),
      latestCheckpoint(grant, {
        select: { treeSize: true, createdAt: true, keyId: true, note: true },
      }),
    ]);
    const checkpoint = row && {
      size: Number(row.treeSize),
      signedAt: row.createdAt.toISOString(),
      keyId: row.keyId,
      note: row.note,
    };
    return { sealedSeq, checkpoint: checkpoint ?? null };
  },

  /** The latest checkpoint's signed note. */
  async checkpoint(grant: Reading): Promise<{ note: string }> {
    const row = await latestCheckpoint(grant, { select: { note: true } });
    if (!row) throw notFound();
    return { note: row.note };
  },

  /** That an event is in the log: its text, and the path from there to the root of the latest checkpoint. */
  async inclusion(grant: Reading, eventId: string) {
    const event = await findEvent(grant, eventId);
    const seq = Number(event.seq);
    const row = await latestCheckpoint(grant, { select: { treeSize: true, note: true } });
    if (!row || row.treeSize < event.seq) {
      throw new AppError(
        "not_covered_yet",
        "The next checkpoint covers it: ask again in a moment.",
        {
          retryAfterSeconds: 10,
        },
      );
    }
    const size = Number(row.treeSize);
    const proof = await inclusionProofFrom(auditTree(grant), seq - 1, size);
    return {
      eventId,
      seq,
      text: event.event,
      leafHash: toBase64(event.leafHash),
      size,
      proof: proof.map(toBase64),
      note: row.note,
    };
  },

  /** That the log of `to` events begins with the log of `from` events. */
  async consistency(grant: Reading, { from, to }: { from: number; to: number }) {
    if (from > to) throw invalidField("from", "must not be greater than to");
    if (to > (await auditHead(grant))) throw invalidField("to", "is beyond the end of the log");
    const proof = await consistencyProofFrom(auditTree(grant), from, to);
    return { from, to, proof: proof.map(toBase64) };
  },
};

async function latestCheckpoint<S extends Readonly<Record<string, true>>>(
  grant: Reading,
  { select }: { select: S },
) {
  return read(grant, (db) =>
    db.auditCheckpoint.findFirst({ select, orderBy: { treeSize: "desc" } }),
  );
}
