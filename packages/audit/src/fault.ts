import type { ChainFault } from "./chain.ts";
import type { CheckpointFault } from "./checkpoint.ts";

/** Everything that can be wrong with the log in a bundle. */
export type FaultKind =
  | ChainFault
  /** The text is JSON of another spelling than RFC 8785's, or no JSON. */
  | "text_not_canonical"
  /** The text is an event of another tenant or region. */
  | "foreign_event"
  /** Events that the header or a checkpoint promises are not there. */
  | "events_missing"
  /** A checkpoint's root is not that of the events before it: one of them was changed, and what follows made to fit. */
  | "root_differs"
  /** Likewise the chain's head. */
  | "chain_head_differs"
  /** Two checkpoints of one size, both with a trusted signature, disagree: the signer told two histories. */
  | "split_view"
  /** A checkpoint stands where its size is past. */
  | "checkpoint_misplaced"
  /** A checkpoint of the bundle proves nothing. */
  | `checkpoint_${CheckpointFault}`
  /** A checkpoint from before the stretch, and no proof that the stretch continues it. */
  | "checkpoint_not_linked"
  /** A proof that does not prove it: the two checkpoints are of different histories. */
  | "not_consistent"
  /** No checkpoint with a trusted signature covers any of it. */
  | "nothing_covered";

/** A stretch of events, both ends included. */
export interface Stretch {
  readonly first: number;
  readonly last: number;
}

export interface Fault {
  readonly kind: FaultKind;
  /**
   * Where the first wrong event is: one event where a hash gives it away, else the events since the checkpoint before.
   * Null for a fault of a checkpoint alone.
   */
  readonly events: Stretch | null;
  /** Of the bundle, from 1; null for what is missing in it. */
  readonly line: number | null;
  readonly sentence: string;
}

type WrongEvent = ChainFault | "text_not_canonical" | "foreign_event";

const WRONG_EVENT: Readonly<Record<WrongEvent, string>> = {
  sequence_gap: "is missing, or stands elsewhere",
  leaf_hash_differs: "has another text than when it was hashed",
  previous_hash_differs: "does not continue the event before it",
  chain_hash_differs: "has a chain hash that is not that of its leaf and the event before",
  text_not_canonical: "is not in the one canonical form of JSON",
  foreign_event: "belongs to another tenant or region",
};

export function wrongEvent(kind: WrongEvent, seq: number, line: number): Fault {
  const sentence = `Event ${seq} ${WRONG_EVENT[kind]}.`;
  return { kind, events: { first: seq, last: seq }, line, sentence };
}

/** "event 7" or "events 7 to 9". */
export function sayStretch({ first, last }: Stretch): string {
  return first === last ? `event ${first}` : `events ${first} to ${last}`;
}
