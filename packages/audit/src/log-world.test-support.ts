import { createPrivateKey, createPublicKey, sign } from "node:crypto";
import { makeId } from "@aic-sos/contract/ids";
import type { BundleHeader, ConsistencyLine, EventLine, LeafLine } from "./bundle.ts";
import { canonicalText } from "./canonical.ts";
import { type ChainLink, chainHash, GENESIS, hideText, leafHash } from "./chain.ts";
import { originOf, signCheckpoint } from "./checkpoint.ts";
import { CompactRange } from "./compact-range.ts";
import type { AuditEvent } from "./event.ts";
import {
  formatVerifierKey,
  type NoteSigner,
  type VerifierKey,
  verifierKey,
} from "./signed-note.ts";
import { type StoredCheckpoint, writeBundle } from "./write-bundle.ts";

export const REGION = "eu-west-1";
const CELL = 2;
const BEGIN = Date.UTC(2026, 10, 1);
const PKCS8_ED25519 = Buffer.from("302e020100300506032b657004220420", "hex");

/** Random numbers from 0 to before `below`, the same for the same seed (mulberry32). */
export type Dice = (below: number) => number;

export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** What the database holds of one tenant's log. */
export interface StoredLog {
  readonly tenantId: string;
  readonly rows: readonly ChainLink[];
  readonly checkpoints: readonly StoredCheckpoint[];
}

/** An Ed25519 key of 32 bytes of a seed (RFC 8032). */
export function signerOf(name: string, seed: Uint8Array): NoteSigner {
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_ED25519, seed]),
    format: "der",
    type: "pkcs8",
  });
  const { x } = createPublicKey(key).export({ format: "jwk" });
  return {
    name,
    publicKey: Buffer.from(x ?? "", "base64url"),
    sign: (bytes) => sign(null, bytes, key),
  };
}

export const TENANT = idOf(0);
export const SIGNER = signerOf(originOf(REGION, TENANT), Buffer.alloc(32, 7));
export const KEY: VerifierKey = verifierKey(SIGNER.name, SIGNER.publicKey);

/** The canonical text of the n-th event of a made-up log. */
export function eventText(n: number, dice: Dice): string {
  const denied = dice(4) === 0;
  const event: AuditEvent = {
    v: 1,
    id: idOf(n),
    time: new Date(BEGIN + n * 731).toISOString(),
    class: "decision",
    type: denied ? "decision.denied" : "decision.allowed",
    tenantId: TENANT,
    workspaceId: dice(5) === 0 ? null : idOf(1_000_000 + dice(3)),
    region: REGION,
    actor: { id: idOf(2_000_000 + dice(9)), kind: "user", authentication: "session" },
    procedure: "run.create",
    permission: "run:trigger",
    outcome: denied ? "deny" : "allow",
    reason: denied ? "no_binding" : null,
    resource: dice(2) === 0 ? null : { type: "workflow", id: idOf(3_000_000 + dice(40)) },
    decisionId: idOf(4_000_000 + n),
    requestId: null,
    changes: [],
    count: 1,
  };
  return canonicalText(event);
}

/** Seals texts one after the other, as the sealer does. */
export function chainOf(texts: Iterable<string>, after?: ChainLink): ChainLink[] {
  let [seq, previous] = [after?.seq ?? 0, after?.chainHash ?? GENESIS];
  return Array.from(texts, (text) => {
    const leaf = leafHash(text);
    const next = chainHash(previous, leaf);
    const link = {
      seq: (seq += 1),
      text,
      leafHash: leaf,
      previousChainHash: previous,
      chainHash: next,
    };
    previous = next;
    return link;
  });
}

/** Checkpoints of the sizes asked for. */
export async function checkpointsOf(
  rows: readonly ChainLink[],
  sizes: readonly number[],
  signer = SIGNER,
): Promise<StoredCheckpoint[]> {
  const range = new CompactRange();
  const heads = new Map([[0, { root: range.root(), chainHead: GENESIS as Uint8Array }]]);
  for (const row of rows) {
    range.append(row.leafHash);
    if (sizes.includes(row.seq)) {
      heads.set(row.seq, { root: range.root(), chainHead: row.chainHash });
    }
  }
  return Promise.all(
    sizes.map(async (size) => {
      const head = heads.get(size);
      if (head === undefined) throw new RangeError(`the log has no ${size} events`);
      const checkpoint = {
        origin: signer.name,
        size,
        root: head.root,
        chainHead: Buffer.from(head.chainHead),
      };
      return { size, note: await signCheckpoint(checkpoint, signer) };
    }),
  );
}

/** A log of `events` events with a checkpoint at every multiple of `every`. */
export async function makeLog(events: number, every: number, seed = 1): Promise<StoredLog> {
  const dice = diceOf(seed);
  const rows = chainOf(Array.from({ length: events }, (_, n) => eventText(n + 1, dice)));
  const sizes = Array.from({ length: Math.floor(events / every) }, (_, n) => (n + 1) * every);
  return { tenantId: TENANT, rows, checkpoints: await checkpointsOf(rows, sizes) };
}

export interface ExportOptions {
  readonly first?: number;
  readonly last?: number;
  /** True for events that the reader may not see. */
  readonly hides?: (row: ChainLink) => boolean;
  readonly outside?: readonly string[];
  readonly proofs?: readonly ConsistencyLine[];
  readonly after?: number;
}

/** The lines that an honest server writes about what it finds in its database, whoever has been there before. */
export function exportLog(log: StoredLog, options: ExportOptions = {}): AsyncIterable<string> {
  const {
    first = 1,
    last = log.rows.at(-1)?.seq ?? 0,
    hides = () => false,
    after,
    ...more
  } = options;
  const before = log.rows.slice(0, first - 1);
  const tree = new CompactRange();
  for (const { leafHash: leaf } of before) tree.append(leaf);
  const header: BundleHeader = {
    kind: "header",
    tenantId: log.tenantId,
    region: REGION,
    first,
    last,
    start: {
      chainHash: before.at(-1)?.chainHash ?? GENESIS,
      peaks: tree.peaks(),
    },
    keys: [formatVerifierKey(KEY)],
  };
  const from = after ?? first - 1;
  const entries = linesOf(log.rows.slice(from, last), hides);
  const checkpoints = log.checkpoints.filter(({ size }) => size >= from && size <= last);
  const resumed = after === undefined ? {} : { after };
  return writeBundle({ header, entries, checkpoints, ...more, ...resumed });
}

function idOf(n: number): string {
  const tail = Buffer.alloc(8);
  tail.writeUInt32BE(n, 4);
  return makeId(CELL, BEGIN, tail);
}

function* linesOf(
  rows: readonly ChainLink[],
  hides: (row: ChainLink) => boolean,
): Generator<EventLine | LeafLine> {
  for (const row of rows) {
    yield hides(row) ? { kind: "leaf", ...hideText(row) } : { kind: "event", ...row };
  }
}

/** All lines at once. */
export async function allLines(lines: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
}
