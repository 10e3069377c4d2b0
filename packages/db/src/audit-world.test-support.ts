import { generateKeyPairSync, sign } from "node:crypto";
import type { AuditEvent } from "@aic-sos/audit/event";
import { verifierKey } from "@aic-sos/audit/signed-note";
import type { CheckpointExport, CheckpointKeys } from "./checkpoints.ts";
import { newId } from "./ids.ts";
import { recordDecision } from "./inbox.ts";
import { sealOnce } from "./sealer.ts";
import type { Place, World } from "./world.test-support.ts";

/** A denial in the place's workspace, or (null) in no workspace. */
export function denialAt(place: Place, workspaceId: string | null = null): AuditEvent {
  return {
    v: 1,
    id: newId(1),
    time: new Date().toISOString(),
    class: "decision",
    type: "decision.denied",
    tenantId: place.tenant.id,
    workspaceId,
    region: "us-east-1",
    actor: { id: place.person.id, kind: "user", authentication: "session" },
    procedure: "workflow.list",
    permission: "workflow:read",
    outcome: "deny",
    reason: "no_binding",
    resource: null,
    decisionId: newId(1),
    requestId: "r\u00e9quest \u{1f600}",
    changes: [],
    count: 1,
  };
}

/** Seals so many new events of a place, half of them in its workspace. */
export async function growLog(place: Place, events: number): Promise<void> {
  const made = Array.from({ length: events }, (_, at) =>
    recordDecision(1, denialAt(place, at % 2 === 0 ? place.workspace.id : null)),
  );
  await Promise.all(made);
  while ((await sealOnce(1)).sealed > 0);
}

/** Puts so many new events of a place into the inbox, each in a batch of its own. */
export async function growInbox(place: Place, batches: number): Promise<void> {
  for (let batch = 0; batch < batches; batch += 1) await recordDecision(1, denialAt(place));
}

/** Keys that sign in this process. */
export function checkpointKeys(): CheckpointKeys {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url");
  return {
    id: newId(1),
    signer: (name) => ({ name, publicKey: raw, sign: (bytes) => sign(null, bytes, privateKey) }),
    trusted: (name) => [verifierKey(name, raw)],
  };
}

/** What left the database, by tenant and size. */
export class ExportedInMemory implements CheckpointExport {
  readonly notes = new Map<string, Map<number, string>>();
  /** Tenants whose notes cannot be written. */
  readonly closedTo = new Set<string>();

  async latest(tenantId: string): Promise<string | undefined> {
    return [...(this.notes.get(tenantId) ?? [])].toSorted(([a], [b]) => b - a)[0]?.[1];
  }

  async keep(tenantId: string, size: number, note: string): Promise<string> {
    if (this.closedTo.has(tenantId)) throw Object.assign(new Error("closed"), { code: "EACCES" });
    const own = this.notes.get(tenantId) ?? new Map<number, string>();
    const left = own.get(size) ?? note;
    this.notes.set(tenantId, own.set(size, left));
    return left;
  }

  sizes(tenantId: string): number[] {
    return [...(this.notes.get(tenantId)?.keys() ?? [])].toSorted((a, b) => a - b);
  }
}

/** Does what no trigger and no CHECK of the log would let anybody do. */
export async function tamper(
  { superuser }: World,
  sql: string,
  values: unknown[] = [],
): Promise<void> {
  for (const name of ["leaf_hash", "chain_hash", "columns"]) {
    await superuser.query(
      `alter table audit_events drop constraint if exists audit_events_${name}_check`,
    );
  }
  await superuser.query("set session_replication_role = replica");
  await superuser.query(sql, values);
  await superuser.query("set session_replication_role = origin");
}
