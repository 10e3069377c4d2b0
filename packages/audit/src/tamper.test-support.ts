import type { ChainLink } from "./chain.ts";
import {
  chainOf,
  checkpointsOf,
  type Dice,
  eventText,
  SIGNER,
  signerOf,
  type StoredLog,
} from "./log-world.test-support.ts";
import type { StoredCheckpoint } from "./write-bundle.ts";

/** A log as a superuser of the database has left it. */
export interface Tampered {
  readonly log: StoredLog;
  /** The first event that is not what it was. */
  readonly place: number;
  /** Where it cannot but show: the event after `place` when the one there fits what is before it. */
  readonly showsAt: number;
  readonly what: string;
}

/** How a superuser makes the rest fit: nothing; the tail chained anew; and its checkpoints dropped, or forged. */
const COVER_UPS = ["plain", "re-chained", "re-chained, dropped", "re-chained, forged"] as const;

type Tamper = (log: StoredLog, dice: Dice, coveredTo: number) => Tampered | Promise<Tampered>;

/** Each changes something among the first `coveredTo` events. */
export const TAMPERINGS: Readonly<Record<string, Tamper>> = {
  edit: (log, dice, coveredTo) => {
    const place = 1 + dice(coveredTo);
    const row = at(log, place);
    const text = edited(row.text, dice);
    return withRows(log, dice, {
      place,
      what: "edit",
      rows: log.rows.with(place - 1, { ...row, text }),
    });
  },
  delete: (log, dice, coveredTo) => {
    const place = 1 + dice(coveredTo);
    const count = Math.min(1 + dice(5), coveredTo - place + 1);
    return withRows(log, dice, {
      place,
      what: "delete",
      rows: log.rows.toSpliced(place - 1, count),
    });
  },
  insert: (log, dice, coveredTo) => {
    const place = 1 + dice(coveredTo);
    const text = eventText(5_000_000 + dice(1_000_000), dice);
    const [row] = chainOf([text], log.rows[place - 2]);
    // Its own links fit: without a cover-up it is the next event that does not.
    const rows = log.rows.toSpliced(place - 1, 0, row as ChainLink);
    return withRows(log, dice, { place, plainlyShowsAt: place + 1, what: "insert", rows });
  },
  swap: (log, dice, coveredTo) => {
    const place = 1 + dice(coveredTo - 1);
    const other = place + 1 + dice(coveredTo - place);
    const [a, b] = [at(log, place), at(log, other)];
    const rows = log.rows
      .with(place - 1, { ...b, seq: place })
      .with(other - 1, { ...a, seq: other });
    return withRows(log, dice, { place, what: "swap", rows });
  },
  truncate: (log, dice, coveredTo) => {
    const place = 1 + dice(coveredTo);
    const rows = log.rows.slice(0, place - 1);
    const checkpoints = log.checkpoints.filter(({ size }) => size < place);
    return { log: { ...log, rows, checkpoints }, place, showsAt: place, what: "truncate" };
  },
  "re-hash": (log, dice, coveredTo) => {
    const place = 1 + dice(coveredTo);
    const [row] = chainOf([edited(at(log, place).text, dice)], log.rows[place - 2]);
    const rows = log.rows.with(place - 1, row as ChainLink);
    return withRows(log, dice, { place, plainlyShowsAt: place + 1, what: "re-hash", rows });
  },
  "re-chain from another start": (log, dice, coveredTo) => {
    const place = 1 + dice(coveredTo);
    const start = { ...at(log, place), seq: place - 1, chainHash: Buffer.alloc(32, dice(256)) };
    const tail = chainOf(
      log.rows.slice(place - 1).map(({ text }) => text),
      start,
    );
    const rows = [...log.rows.slice(0, place - 1), ...tail];
    const what = "re-chain from another start";
    return { log: { ...log, rows }, place, showsAt: place, what };
  },
  column: (log, dice, coveredTo) => {
    const place = 1 + dice(coveredTo);
    const row = at(log, place);
    const column = (["leafHash", "previousChainHash", "chainHash"] as const)[dice(3)] ?? "leafHash";
    const changed = { ...row, [column]: flipped(row[column], dice) };
    const rows = log.rows.with(place - 1, changed);
    return { log: { ...log, rows }, place, showsAt: place, what: column };
  },
  checkpoint: (log, dice) => {
    const index = dice(log.checkpoints.length);
    const { size, note } = log.checkpoints[index] as StoredCheckpoint;
    const cut = dice(note.length);
    const other = note[cut] === "A" ? "B" : "A";
    const changed = { size, note: note.slice(0, cut) + other + note.slice(cut + 1) };
    return {
      log: { ...log, checkpoints: log.checkpoints.with(index, changed) },
      place: size,
      showsAt: size,
      what: `checkpoint, character ${cut}`,
    };
  },
};

interface Change {
  readonly place: number;
  /** Where it shows when nothing is covered up; `place` unless told. */
  readonly plainlyShowsAt?: number;
  readonly what: string;
  readonly rows: readonly ChainLink[];
}

async function withRows(log: StoredLog, dice: Dice, change: Change): Promise<Tampered> {
  const { place, plainlyShowsAt = place, what, rows } = change;
  const coverUp = COVER_UPS[dice(COVER_UPS.length)] ?? "plain";
  const name = `${what}, ${coverUp}`;
  if (coverUp === "plain") {
    return { log: { ...log, rows }, place, showsAt: plainlyShowsAt, what: name };
  }
  const kept = rows.slice(0, place - 1);
  const tail = rows.slice(place - 1).map(({ text }) => text);
  const chained = [...kept, ...chainOf(tail, kept.at(-1))];
  const checkpoints = await coveredUp(log, place, chained, coverUp);
  return { log: { ...log, rows: chained, checkpoints }, place, showsAt: place, what: name };
}

async function coveredUp(
  { checkpoints }: StoredLog,
  place: number,
  rows: readonly ChainLink[],
  coverUp: Exclude<(typeof COVER_UPS)[number], "plain">,
): Promise<readonly StoredCheckpoint[]> {
  if (coverUp === "re-chained") return checkpoints;
  const before = checkpoints.filter(({ size }) => size < place);
  if (coverUp === "re-chained, dropped") return before;
  // Whoever owns the database does not own the key: signed with another one, under the same name and id.
  const forger = { ...SIGNER, sign: signerOf(SIGNER.name, Buffer.alloc(32, 66)).sign };
  const sizes = checkpoints
    .map(({ size }) => size)
    .filter((size) => size >= place && size <= rows.length);
  return [...before, ...(await checkpointsOf(rows, sizes, forger))];
}

/** Another event, another spelling of the same, or one bit. */
function edited(text: string, dice: Dice): string {
  switch (dice(3)) {
    case 0:
      return text.replace('"count":1', `"count":${2 + dice(9)}`);
    case 1:
      return text.replace("{", "{ ");
    default: {
      const cut = dice(text.length);
      const code = (text.codePointAt(cut) ?? 0) ^ 1;
      return text.slice(0, cut) + String.fromCodePoint(code) + text.slice(cut + 1);
    }
  }
}

function flipped(bytes: Uint8Array, dice: Dice): Buffer {
  const copy = Buffer.from(bytes);
  const index = dice(copy.length);
  copy.writeUInt8(copy.readUInt8(index) ^ (1 << dice(8)), index);
  return copy;
}

function at({ rows }: StoredLog, seq: number): ChainLink {
  const row = rows[seq - 1];
  if (row === undefined) throw new RangeError(`the log has no event ${seq}`);
  return row;
}
