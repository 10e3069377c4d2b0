import {
  type BundleHeader,
  type BundleLine,
  type CheckpointLine,
  type ConsistencyLine,
  type EventLine,
  formatBundleLine,
  type LeafLine,
} from "./bundle.ts";

export interface StoredCheckpoint {
  readonly size: number;
  readonly note: string;
}

export interface BundleParts {
  readonly header: BundleHeader;
  /** Events `first` to `last`, in order, as they are stored. */
  readonly entries: AsyncIterable<EventLine | LeafLine> | Iterable<EventLine | LeafLine>;
  /** Checkpoints of sizes `first` − 1 to `last`, in order. */
  readonly checkpoints: AsyncIterable<StoredCheckpoint> | Iterable<StoredCheckpoint>;
  /** Checkpoints of other sizes that the reader has or wants, and what ties them to the stretch. */
  readonly outside?: readonly string[];
  readonly proofs?: readonly ConsistencyLine[];
  /**
   * The last event that a reader whose download broke off has: the rest of the very same bundle follows, without header.
   * `entries` then begin after it, `checkpoints` with its size.
   */
  readonly after?: number;
}

/** The lines of a bundle, without newlines, made as they are read: memory does not grow with the stretch. */
export async function* writeBundle(parts: BundleParts): AsyncGenerator<string, void, undefined> {
  for await (const line of linesOf(parts)) yield formatBundleLine(line);
}

async function* linesOf(parts: BundleParts): AsyncGenerator<BundleLine, void, undefined> {
  const { header, entries, outside = [], proofs = [], after } = parts;
  if (after === undefined) yield header;
  const checkpoints = new Upcoming(parts.checkpoints);
  try {
    yield* checkpoints.upTo(after ?? header.first - 1);
    for await (const entry of entries) {
      yield entry;
      yield* checkpoints.upTo(entry.seq);
    }
    yield* checkpoints.upTo(header.last);
  } finally {
    await checkpoints.close();
  }
  for (const note of outside) yield { kind: "checkpoint", note };
  yield* proofs;
  yield { kind: "end", last: header.last };
}

/** Checkpoints in the order of their sizes, read one ahead. */
class Upcoming {
  readonly #source: AsyncIterator<StoredCheckpoint> | Iterator<StoredCheckpoint>;
  #next: IteratorResult<StoredCheckpoint> | undefined;

  constructor(source: BundleParts["checkpoints"]) {
    this.#source =
      Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  }

  async *upTo(size: number): AsyncGenerator<CheckpointLine, void, undefined> {
    for (;;) {
      this.#next ??= await this.#source.next();
      if (this.#next.done === true || this.#next.value.size > size) return;
      yield { kind: "checkpoint", note: this.#next.value.note };
      this.#next = undefined;
    }
  }

  async close(): Promise<void> {
    await this.#source.return?.();
  }
}
