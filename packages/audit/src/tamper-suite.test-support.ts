import { diceOf, exportLog, KEY, makeLog, type StoredLog } from "./log-world.test-support.ts";
import { TAMPERINGS, type Tampered } from "./tamper.test-support.ts";
import { type Verdict, verifyBundle } from "./verify-bundle.ts";

const EVENTS = 500;
const EVERY = 40;
/** What no checkpoint covers: 481 to 500. */
const COVERED_TO = EVENTS - (EVENTS % EVERY);

export interface TamperCount {
  readonly tried: number;
  readonly found: number;
  /** Faults by kind. */
  readonly faults: Readonly<Record<string, number>>;
  /** Tamperings that were not found, or found in another place than where they were. */
  readonly missed: readonly string[];
}

/**
 * Tampers with a log of 500 events, of which a checkpoint covers 480, as a superuser of its database could; each time the
 * honest server exports what is there now, and the verifier has that bundle, the public key and some checkpoints that left
 * the database before.
 * @param seed the same seed tries the same tamperings
 */
export async function tamperSuite(count: number, seed: number): Promise<TamperCount> {
  const log = await makeLog(EVENTS, EVERY, seed);
  const dice = diceOf(seed);
  const ways = Object.values(TAMPERINGS);
  const faults: Record<string, number> = {};
  const missed: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const tamper = ways[n % ways.length] ?? (() => Promise.reject(new RangeError("no tampering")));
    const tampered = await tamper(log, dice, COVERED_TO);
    // A stretch in every third export, and some events withheld.
    const first = dice(3) === 0 ? 1 + dice(tampered.place) : 1;
    const hidden = dice(4);
    const lines = exportLog(tampered.log, {
      first: Math.min(first, tampered.log.rows.length + 1),
      hides: ({ seq }) => seq % 4 < hidden,
    });
    const checkpoints = exportedBefore(log, first, dice);
    const verdict = await verifyBundle(lines, { keys: [KEY], checkpoints });
    if (isFound(verdict, tampered)) {
      const kind = verdict.outcome === "wrong" ? verdict.fault.kind : verdict.outcome;
      faults[kind] = (faults[kind] ?? 0) + 1;
    } else {
      missed.push(`${tampered.what} at event ${tampered.place}: ${JSON.stringify(verdict)}`);
    }
  }
  return { tried: count, found: count - missed.length, faults, missed };
}

/** The last one, and some of those before. */
function exportedBefore(log: StoredLog, first: number, dice: (below: number) => number) {
  return log.checkpoints
    .filter(({ size }) => size === COVERED_TO || (size >= first && dice(3) === 0))
    .map(({ size, note }) => ({ source: `exported ${size}`, note }));
}

/** Wrong, and the place of the tampering is among the events named; a checkpoint's own fault names none. */
export function isFound(verdict: Verdict, { place, showsAt }: Tampered): boolean {
  if (verdict.outcome !== "wrong") return false;
  const { events } = verdict.fault;
  return events === null || (events.first <= showsAt && place <= events.last);
}
