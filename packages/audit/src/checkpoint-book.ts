import type { BundleHeader, ConsistencyLine } from "./bundle.ts";
import { type Checkpoint, openCheckpoint, originOf } from "./checkpoint.ts";
import { type Fault, sayStretch } from "./fault.ts";
import type { LogFollower } from "./follow-log.ts";
import { EMPTY_ROOT, sameHash } from "./merkle-hash.ts";
import { verifyConsistency } from "./merkle-verify.ts";
import type { VerifierKey } from "./signed-note.ts";

interface Edge {
  readonly size: number;
  readonly root: Buffer;
}

/** The trusted checkpoints, each held against the log as it grows to its size. */
export class CheckpointBook {
  readonly #header: BundleHeader;
  readonly #trusted: readonly VerifierKey[];
  readonly #log: LogFollower;
  readonly #start: Edge;
  /** By size, those within the stretch that the log has not reached. */
  readonly #ahead = new Map<number, Checkpoint[]>();
  #outside: Checkpoint[] = [];
  #confirmed: number | undefined;

  constructor(header: BundleHeader, log: LogFollower, trusted: readonly VerifierKey[]) {
    this.#header = header;
    this.#trusted = trusted;
    this.#log = log;
    this.#start = { size: log.size, root: log.root() };
  }

  /** The largest size within the stretch that a trusted checkpoint has confirmed. */
  get confirmed(): number | undefined {
    return this.#confirmed;
  }

  /**
   * Takes a checkpoint of the bundle.
   * @param line of the bundle
   */
  addNote(note: string, line: number): Fault | undefined {
    const opened = openCheckpoint(
      note,
      originOf(this.#header.region, this.#header.tenantId),
      this.#trusted,
    );
    if (opened.ok) return this.add(opened.checkpoint, line);
    const sentence = `A checkpoint of the bundle proves nothing: ${opened.sentence}.`;
    return { kind: `checkpoint_${opened.fault}`, events: null, line, sentence };
  }

  /** Takes a checkpoint whose signature is known to be right. */
  add(checkpoint: Checkpoint, line: number | null): Fault | undefined {
    const { size } = checkpoint;
    const rivals = [...(this.#ahead.get(size) ?? []), ...this.#outside];
    const known = rivals.find((other) => other.size === size);
    if (known !== undefined) {
      return sayTheSame(known, checkpoint) ? undefined : splitView(size, line);
    }
    if (size < this.#start.size || size > this.#header.last) {
      this.#outside.push(checkpoint);
    } else if (size === this.#log.size) {
      return this.#compare(checkpoint, line);
    } else if (size > this.#log.size) {
      this.#ahead.set(size, [...(this.#ahead.get(size) ?? []), checkpoint]);
    } else {
      const sentence = `A checkpoint of size ${size} stands behind event ${this.#log.size}.`;
      return { kind: "checkpoint_misplaced", events: null, line, sentence };
    }
    return undefined;
  }

  /** To be called after each event. */
  compareDue(line: number): Fault | undefined {
    const due = this.#ahead.get(this.#log.size);
    if (due === undefined) return undefined;
    this.#ahead.delete(this.#log.size);
    for (const checkpoint of due) {
      const fault = this.#compare(checkpoint, line);
      if (fault) return fault;
    }
    return undefined;
  }

  /** To be called with each proof, once all events are there. */
  link({ from, to, proof }: ConsistencyLine, line: number): Fault | undefined {
    const end = { size: this.#log.size, root: this.#log.root() };
    const [near, far] = from === end.size ? [end, to] : [this.#start, from];
    for (const { size, root } of this.#outside.filter((one) => one.size === far)) {
      const holds =
        near === end
          ? verifyConsistency({ from, to, fromRoot: end.root, toRoot: root, proof })
          : verifyConsistency({ from, to, fromRoot: root, toRoot: near.root, proof });
      if (!holds) return notConsistent(size, near.size, line);
      if (near === end) this.#confirmed = end.size;
    }
    this.#outside = this.#outside.filter(({ size }) => size !== far);
    return undefined;
  }

  /** What is left over at the end: checkpoints that nothing ties to the stretch. */
  finish(): Fault | undefined {
    const beyond = this.#outside.find(({ size }) => size > this.#header.last);
    if (beyond) return missing(this.#header.last + 1, beyond.size);
    const before = this.#outside.find(({ size, root }) => size > 0 || !sameHash(root, EMPTY_ROOT));
    if (before) return notLinked(before.size, this.#header.first);
    const { first, last } = this.#header;
    if (this.#confirmed !== undefined && this.#confirmed >= Math.min(first, last)) return undefined;
    return nothingCovered(this.#header);
  }

  #compare(checkpoint: Checkpoint, line: number | null): Fault | undefined {
    const { size, root, chainHead } = checkpoint;
    const log = { root: this.#log.root(), chainHead: this.#log.chainHash };
    if (this.#confirmed === size && !sayTheSame(checkpoint, log)) return splitView(size, line);
    const since = { first: (this.#confirmed ?? this.#start.size) + 1, last: size };
    const events = since.first <= since.last ? since : null;
    if (!sameHash(root, log.root)) {
      const which = events ? `Of ${sayStretch(events)}, one` : "One before the stretch";
      const sentence = `${which} is not what it was when the checkpoint of size ${size} was signed.`;
      return { kind: "root_differs", events, line, sentence };
    }
    if (!sameHash(chainHead, log.chainHead)) {
      const sentence = `The chain does not end in event ${size} as the checkpoint of that size says.`;
      return { kind: "chain_head_differs", events, line, sentence };
    }
    this.#confirmed = size;
    return undefined;
  }
}

type Head = { readonly root: Uint8Array; readonly chainHead: Uint8Array };

function sayTheSame(a: Head, b: Head): boolean {
  return sameHash(a.root, b.root) && sameHash(a.chainHead, b.chainHead);
}

function splitView(size: number, line: number | null): Fault {
  const sentence = `Two checkpoints of size ${size} are signed and disagree: the signer has told two histories.`;
  return { kind: "split_view", events: null, line, sentence };
}

function missing(first: number, last: number): Fault {
  const events = { first, last };
  const sentence =
    `The bundle ends before ${sayStretch(events)}, which a checkpoint of size ${last} covers, ` +
    `and has no proof that it is the beginning of that log.`;
  return { kind: "events_missing", events, line: null, sentence };
}

function notLinked(size: number, first: number): Fault {
  const sentence =
    `The bundle begins with event ${first} and has no proof that it continues the checkpoint of size ${size}: ` +
    `export it again with that size among those to link.`;
  return { kind: "checkpoint_not_linked", events: null, line: null, sentence };
}

function notConsistent(size: number, edge: number, line: number): Fault {
  const events = size < edge ? { first: 1, last: size } : { first: 1, last: edge };
  const sentence = `The log at event ${edge} and the checkpoint of size ${size} are of different histories.`;
  return { kind: "not_consistent", events, line, sentence };
}

function nothingCovered({ first, last }: BundleHeader): Fault {
  const events = first <= last ? { first, last } : null;
  const sentence = `No checkpoint with a trusted signature covers any event of the bundle.`;
  return { kind: "nothing_covered", events, line: null, sentence };
}
