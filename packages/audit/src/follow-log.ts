import type { BundleHeader, EventLine, LeafLine } from "./bundle.ts";
import { canonicalJson } from "./canonical.ts";
import { firstChainFault } from "./chain.ts";
import { CompactRange } from "./compact-range.ts";
import { type Fault, wrongEvent } from "./fault.ts";

/** Follows a stretch of the log event by event, with its chain and its tree. */
export class LogFollower {
  readonly #header: BundleHeader;
  readonly #tree: CompactRange;
  #chainHash: Uint8Array;

  /** Throws Malformed when the header's start is none. */
  constructor(header: BundleHeader) {
    this.#header = header;
    this.#tree = new CompactRange(header.first - 1, header.start.peaks);
    this.#chainHash = header.start.chainHash;
  }

  /** The last event so far, which is the size of the tree. */
  get size(): number {
    return this.#tree.size;
  }

  get chainHash(): Uint8Array {
    return this.#chainHash;
  }

  root(): Buffer {
    return this.#tree.root();
  }

  /** Takes the next event, or says what is wrong with it. */
  take(entry: EventLine | LeafLine, line: number): Fault | undefined {
    const previous = { seq: this.size, chainHash: this.#chainHash };
    const broken = firstChainFault([entry], previous);
    if (broken) return wrongEvent(broken.fault, broken.seq, line);
    if (entry.kind === "event") {
      const kind = textFault(entry.text, this.#header);
      if (kind) return wrongEvent(kind, entry.seq, line);
    }
    this.#tree.append(entry.leafHash);
    this.#chainHash = entry.chainHash;
    return undefined;
  }
}

function textFault(
  text: string,
  header: BundleHeader,
): "text_not_canonical" | "foreign_event" | undefined {
  let event: unknown;
  try {
    event = JSON.parse(text);
    // Also refuses half a surrogate pair, which would hash like U+FFFD.
    if (canonicalJson(event) !== text) return "text_not_canonical";
  } catch {
    return "text_not_canonical";
  }
  const { tenantId, region } = (event ?? {}) as { tenantId?: unknown; region?: unknown };
  return tenantId === header.tenantId && region === header.region ? undefined : "foreign_event";
}
