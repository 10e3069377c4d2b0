import { type BundleHeader, type BundleLine, parseBundleLine } from "./bundle.ts";
import { CheckpointBook } from "./checkpoint-book.ts";
import { type Checkpoint, openCheckpoint, originOf } from "./checkpoint.ts";
import { type Fault, sayStretch, type Stretch } from "./fault.ts";
import { LogFollower } from "./follow-log.ts";
import { Malformed } from "./malformed.ts";
import type { VerifierKey } from "./signed-note.ts";

/** What the verifier believes. Nothing in a bundle adds to it. */
export interface Trust {
  readonly keys: readonly VerifierKey[];
  /** Checkpoints that left the log's database earlier. All of them have to fit. */
  readonly checkpoints: readonly GivenCheckpoint[];
  /**
   * The bundle was asked for as the whole log: from the first event to all that the given checkpoints cover. Otherwise whoever
   * answers could leave out the stretch that is wrong, and what is left would verify.
   */
  readonly wholeLog?: boolean;
}

export interface GivenCheckpoint {
  readonly note: string;
  /** Where it comes from, for messages: a file's name. */
  readonly source: string;
}

/** What was found out about a bundle. */
export interface BundleReport {
  readonly tenantId: string;
  readonly region: string;
  /** What the bundle says it holds; empty when `last` is `first` − 1. */
  readonly first: number;
  readonly last: number;
  /** Events with their text, and events as leaf hashes. */
  readonly shown: number;
  readonly hidden: number;
  /** What a trusted checkpoint confirms. */
  readonly covered: Stretch | null;
  /** What no checkpoint covers yet: consistent in itself, but whoever writes the database could have rewritten it. */
  readonly uncovered: Stretch | null;
}

export type Verdict =
  | { readonly outcome: "verified"; readonly report: BundleReport }
  | { readonly outcome: "wrong"; readonly fault: Fault; readonly report: BundleReport }
  | { readonly outcome: "unusable"; readonly line: number | null; readonly sentence: string };

/**
 * Verifies a bundle offline: each text against its leaf hash, the dense sequence, the chain, the tree's root against every
 * checkpoint of the bundle and every one handed in, signatures, and consistency with checkpoints outside the stretch.
 * @param lines of the bundle, without newlines; strictly decoded UTF-8
 * @returns the first fault in the order of the log; "unusable" for what is no whole bundle or no usable trust
 */
export async function verifyBundle(
  lines: AsyncIterable<string> | Iterable<string>,
  trust: Trust,
): Promise<Verdict> {
  const verifier = new BundleVerifier(trust);
  let number = 0;
  try {
    for await (const text of lines) {
      number += 1;
      const verdict = verifier.take(parseBundleLine(text), number);
      if (verdict) return verdict;
    }
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return unusable(`Line ${number} is unusable: ${error.message}.`, number);
  }
  return verifier.finish();
}

interface Stream {
  readonly header: BundleHeader;
  readonly log: LogFollower;
  readonly book: CheckpointBook;
}

class BundleVerifier {
  readonly #trust: Trust;
  #stream: Stream | undefined;
  #shown = 0;
  #hidden = 0;
  #ended = false;

  constructor(trust: Trust) {
    this.#trust = trust;
  }

  /** A verdict as soon as there is one. Throws Malformed for a line that may not stand here. */
  take(line: BundleLine, number: number): Verdict | undefined {
    if (this.#ended) throw new Malformed("the bundle has ended before it");
    if (line.kind === "header") return this.#begin(line);
    if (this.#stream === undefined) throw new Malformed("a bundle begins with its header");
    const fault = this.#fault(this.#stream, line, number);
    return fault ? this.#wrong(this.#stream, fault) : undefined;
  }

  finish(): Verdict {
    if (this.#stream === undefined) return unusable("There is no bundle: not a single line.");
    if (!this.#ended) {
      return unusable(
        `The file is cut short behind event ${this.#stream.log.size}: resume its download there.`,
      );
    }
    const fault = this.#stream.book.finish();
    if (fault) return this.#wrong(this.#stream, fault);
    return { outcome: "verified", report: this.#report(this.#stream) };
  }

  #begin(header: BundleHeader): Verdict | undefined {
    if (this.#stream) throw new Malformed("a bundle has one header");
    const origin = originOf(header.region, header.tenantId);
    if (!this.#trust.keys.some(({ name }) => name === origin)) {
      return unusable(
        `This is the log ${origin}, and no trusted key has that name. The bundle itself names ` +
          `${header.keys.join(", ") || "none"}: compare it with the published one.`,
      );
    }
    if (this.#trust.wholeLog === true && header.first !== 1) {
      return unusable(
        `The whole log was asked for, and what came begins with event ${header.first}.`,
      );
    }
    const log = new LogFollower(header);
    const book = new CheckpointBook(header, log, this.#trust.keys);
    this.#stream = { header, log, book };
    for (const given of this.#trust.checkpoints) {
      const verdict = this.#addGiven(this.#stream, origin, given);
      if (verdict) return verdict;
    }
    return undefined;
  }

  #addGiven(
    stream: Stream,
    origin: string,
    { note, source }: GivenCheckpoint,
  ): Verdict | undefined {
    const opened = openCheckpoint(note, origin, this.#trust.keys);
    if (!opened.ok && opened.fault !== "signature_invalid") {
      return unusable(`The checkpoint of ${source} is unusable: ${opened.sentence}.`);
    }
    const fault = opened.ok
      ? (this.#leftOut(stream, opened.checkpoint) ?? stream.book.add(opened.checkpoint, null))
      : forged(source, opened.sentence);
    return fault ? this.#wrong(stream, fault) : undefined;
  }

  #leftOut({ header: { last } }: Stream, { size }: Checkpoint): Fault | undefined {
    if (this.#trust.wholeLog !== true || size <= last) return undefined;
    const events = { first: last + 1, last: size };
    const sentence = `The whole log was asked for, and ${sayStretch(events)} are left out, which a checkpoint of size ${size} covers.`;
    return { kind: "events_missing", events, line: null, sentence };
  }

  #fault(
    { header, log, book }: Stream,
    line: Exclude<BundleLine, BundleHeader>,
    number: number,
  ): Fault | undefined {
    switch (line.kind) {
      case "event":
      case "leaf": {
        if (log.size >= header.last) throw new Malformed("the header promises no further event");
        const fault = log.take(line, number) ?? book.compareDue(number);
        if (line.kind === "event") this.#shown += 1;
        else this.#hidden += 1;
        return fault;
      }
      case "checkpoint":
        return book.addNote(line.note, number);
      case "consistency":
        if (line.to !== header.first - 1 && line.from !== header.last) {
          throw new Malformed("a consistency proof is for an edge of the bundle");
        }
        return this.#shortOf(header.last, log.size, number) ?? book.link(line, number);
      case "end":
        if (line.last !== header.last) throw new Malformed("header and end do not agree");
        this.#ended = true;
        return this.#shortOf(header.last, log.size, number);
    }
  }

  #shortOf(last: number, size: number, line: number): Fault | undefined {
    if (size === last) return undefined;
    const events = { first: size + 1, last };
    const sentence = `The bundle promises ${sayStretch(events)} and does not have them.`;
    return { kind: "events_missing", events, line, sentence };
  }

  #wrong(stream: Stream, fault: Fault): Verdict {
    return { outcome: "wrong", fault, report: this.#report(stream) };
  }

  #report({ header: { tenantId, region, first, last }, book }: Stream): BundleReport {
    const to = book.confirmed ?? first - 1;
    return {
      tenantId,
      region,
      first,
      last,
      shown: this.#shown,
      hidden: this.#hidden,
      covered: to < first ? null : { first, last: to },
      uncovered: to >= last ? null : { first: Math.max(first, to + 1), last },
    };
  }
}

function forged(source: string, why: string): Fault {
  const sentence = `The checkpoint of ${source} is forged or damaged: ${why}.`;
  return { kind: "checkpoint_signature_invalid", events: null, line: null, sentence };
}

function unusable(sentence: string, line: number | null = null): Verdict {
  return { outcome: "unusable", line, sentence };
}
