import { GENESIS } from "@aic-sos/audit/chain";
import {
  type Checkpoint,
  checkpointText,
  openCheckpoint,
  originOf,
  signCheckpoint,
} from "@aic-sos/audit/checkpoint";
import { verifyConsistency } from "@aic-sos/audit/merkle-verify";
import {
  compactRangeAt,
  consistencyProofFrom,
  type NodeStore,
  TreeIncomplete,
} from "@aic-sos/audit/node-store";
import type { NoteSigner, VerifierKey } from "@aic-sos/audit/signed-note";
import { cellOf } from "@aic-sos/contract/ids";
import type pg from "pg";
import { sealerTree } from "./audit-tree.ts";
import { cellByCode } from "./cells.ts";
import {
  allUncovered,
  type CheckpointPace,
  dueSizes,
  type UncoveredLog,
  uncoveredOf,
} from "./checkpoint-due.ts";
import { noteGrown, takeGrown } from "./grown-logs.ts";
import { newId } from "./ids.ts";
import { plainTransaction } from "./plain-transaction.ts";

export type { CheckpointPace } from "./checkpoint-due.ts";

/** Of this database: one signer at a time, whichever replica it runs in. */
const CHECKPOINT_LOCK = 0xc4ec;
/** Signatures in one transaction, each with a durable write of its own. */
const MOST_SIGNATURES = 200;

/** Who signs, and which keys have. Signing must not leave the process: it happens in a transaction. */
export interface CheckpointKeys {
  /** The keys' own id, as stored beside each checkpoint. */
  readonly id: string;
  signer(origin: string): NoteSigner;
  /** Every key that has ever signed, under the log's name. */
  trusted(origin: string): readonly VerifierKey[];
}

/** Where checkpoints go besides the database. */
export interface CheckpointExport {
  /** The signed note of the largest size that went there; undefined when there is none. */
  latest(tenantId: string): Promise<string | undefined>;
  /** Resolves when it is durable, with the note of that size that is there: another one stays as it was. */
  keep(tenantId: string, size: number, note: string): Promise<string>;
}

export interface CheckpointWork extends CheckpointPace {
  readonly keys: CheckpointKeys;
  /** The keys as they are stored now: for a checkpoint of a key that `keys` does not know, which another replica has begun to use. */
  readonly readKeys: () => Promise<CheckpointKeys>;
  readonly exported: CheckpointExport;
  /** Looks at every log, not only at those that this process has made longer. */
  readonly everyLog: boolean;
}

/** A log that is not what was signed before. */
export interface Refusal {
  readonly tenantId: string;
  readonly size: number;
  /** For the log file: which check failed. */
  readonly why: string;
}

/** A log whose checkpoints could not leave the database: it gets none, and is tried again with the next turn. */
export interface Unkept {
  readonly tenantId: string;
  readonly cause: unknown;
}

export interface Checkpointed {
  readonly signed: number;
  readonly refused: readonly Refusal[];
  readonly unkept: readonly Unkept[];
}

class ExportFailed extends Error {}

/**
 * Signs the checkpoints that are due. Before it signs it proves the new size consistent with the last one that was
 * signed, by the database or by what left it: whose log is not gets none, for a log must never sign two histories. A
 * checkpoint leaves the database first and is a row in it after; where one log's cannot leave, the others' still do.
 * @returns nothing done when another signer is at work
 */
export async function checkpointOnce(code: number, work: CheckpointWork): Promise<Checkpointed> {
  const cell = cellByCode(code);
  const grown = takeGrown(code);
  const later = new Set(grown);
  try {
    return await plainTransaction(cell.sealer, async (client) => {
      const lock = await client.query("select pg_try_advisory_xact_lock($1) as ours", [
        CHECKPOINT_LOCK,
      ]);
      if (!lock.rows[0].ours) return NOTHING;
      const logs = work.everyLog ? await allUncovered(client) : await uncoveredOf(client, grown);
      later.clear();
      const signer = new Signer(client, cell.region, work);
      for (const log of logs) {
        const tried = signer.signed + signer.unkept.length;
        const covered = tried < MOST_SIGNATURES ? await signer.sign(log) : 0;
        if (covered < log.size) later.add(log.tenantId);
      }
      const { signed, refused, unkept } = signer;
      return { signed, refused, unkept };
    });
  } finally {
    noteGrown(code, later);
  }
}

const NOTHING: Checkpointed = { signed: 0, refused: [], unkept: [] };

class Signer {
  readonly #client: pg.PoolClient;
  readonly #region: string;
  readonly #work: CheckpointWork;
  #keys: CheckpointKeys;
  #keysReadAgain = false;
  readonly refused: Refusal[] = [];
  readonly unkept: Unkept[] = [];
  signed = 0;

  constructor(client: pg.PoolClient, region: string, work: CheckpointWork) {
    this.#client = client;
    this.#region = region;
    this.#work = work;
    this.#keys = work.keys;
  }

  /** Signs what is due of one log. Answers the size that is covered then; of a refused log all, so that it rests. */
  async sign(log: UncoveredLog): Promise<number> {
    try {
      return await this.#sign(log);
    } catch (error) {
      if (!(error instanceof ExportFailed)) throw error;
      this.unkept.push({ tenantId: log.tenantId, cause: error.cause });
      return 0;
    }
  }

  async #sign(log: UncoveredLog): Promise<number> {
    const sizes = dueSizes(log, this.#work);
    const covered = log.last?.size ?? 0;
    if (sizes.length === 0) return covered;
    const before = await this.#lastSigned(log);
    if (before === "not ours") return this.#refuse(log, "the last note is not signed by our keys");
    let last = before;
    for (const size of sizes) {
      const next = await this.#checkpointAt(log, size, last);
      if (typeof next === "string") return this.#refuse(log, next);
      if (!(await this.#keep(log.tenantId, next))) {
        return this.#refuse(log, `another checkpoint of size ${size} has left the database`);
      }
      // What left the database is ahead of it after a crash: then it is made again.
      if (last === undefined || last.size < size) last = next;
    }
    return sizes.at(-1) ?? covered;
  }

  /** The largest checkpoint that was ever signed: a database that was set back does not know of it. */
  async #lastSigned({
    tenantId,
    last,
  }: UncoveredLog): Promise<Checkpoint | undefined | "not ours"> {
    const left = await whereItLeaves(this.#work.exported.latest(tenantId));
    const origin = originOf(this.#region, tenantId);
    const notes = [last?.note, left].filter((note) => note !== undefined);
    let known = this.#known(notes, origin);
    if (known.length < notes.length && !this.#keysReadAgain) {
      this.#keysReadAgain = true;
      this.#keys = await this.#work.readKeys();
      known = this.#known(notes, origin);
    }
    if (known.length < notes.length) return "not ours";
    return known.toSorted((a, b) => b.size - a.size)[0];
  }

  #known(notes: readonly string[], origin: string): Checkpoint[] {
    const trusted = this.#keys.trusted(origin);
    const opened = notes.map((note) => openCheckpoint(note, origin, trusted));
    return opened.flatMap((one) => (one.ok ? [one.checkpoint] : []));
  }

  /** The checkpoint, or why there must be none. */
  async #checkpointAt(
    { tenantId, size: present }: UncoveredLog,
    size: number,
    last: Checkpoint | undefined,
  ): Promise<Checkpoint | string> {
    const tree = sealerTree(this.#client, tenantId);
    try {
      const root = (await compactRangeAt(tree, size)).root();
      if (last !== undefined && last.size > 0) {
        const fault = `it does not fit the checkpoint of size ${last.size}`;
        if (last.size > present) return `${fault}: it has ${present} events only`;
        if (!(await areOneHistory(tree, { size, root }, last))) return fault;
      }
      const chainHead = await this.#chainHead(tenantId, size);
      return { origin: originOf(this.#region, tenantId), size, root, chainHead };
    } catch (error) {
      if (error instanceof TreeIncomplete) return error.message;
      throw error;
    }
  }

  async #chainHead(tenantId: string, size: number): Promise<Buffer> {
    const { rows } = await this.#client.query<{ chain_hash: Buffer }>({
      name: "checkpoint_chain",
      text: "select chain_hash from audit_events where tenant_id = $1 and seq = $2",
      values: [tenantId, size],
    });
    const [row] = rows;
    if (row?.chain_hash.length !== GENESIS.length) {
      throw new TreeIncomplete(`event ${size} is missing or has no chain hash`);
    }
    return row.chain_hash;
  }

  /** @returns false when what left before says otherwise; under another key it may say the same */
  async #keep(tenantId: string, checkpoint: Checkpoint): Promise<boolean> {
    const keys = this.#keys;
    const { exported } = this.#work;
    const note = await signCheckpoint(checkpoint, keys.signer(checkpoint.origin));
    const left = await whereItLeaves(exported.keep(tenantId, checkpoint.size, note));
    const [said] = this.#known([left], checkpoint.origin);
    if (said === undefined || checkpointText(said) !== checkpointText(checkpoint)) return false;
    await this.#client.query({
      name: "checkpoint_insert",
      text: `insert into audit_checkpoints (tenant_id, id, tree_size, root_hash, key_id, note)
        values ($1, $2, $3, $4, $5, $6) on conflict (tenant_id, tree_size) do nothing`,
      values: [tenantId, newId(cellOf(tenantId)), checkpoint.size, checkpoint.root, keys.id, note],
    });
    this.signed += 1;
    return true;
  }

  #refuse({ tenantId, size }: UncoveredLog, why: string): number {
    this.refused.push({ tenantId, size, why });
    return size;
  }
}

/** Its failure is one log's, and no statement has failed: the transaction goes on. */
async function whereItLeaves<T>(done: Promise<T>): Promise<T> {
  try {
    return await done;
  } catch (cause) {
    throw new ExportFailed("a checkpoint could not leave the database", { cause });
  }
}

type Root = Pick<Checkpoint, "size" | "root">;

async function areOneHistory(tree: NodeStore, one: Root, other: Root): Promise<boolean> {
  const [from, to] = one.size < other.size ? [one, other] : [other, one];
  return verifyConsistency({
    from: from.size,
    to: to.size,
    fromRoot: from.root,
    toRoot: to.root,
    proof: await consistencyProofFrom(tree, from.size, to.size),
  });
}
