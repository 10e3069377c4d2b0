import type pg from "pg";
import { type GrowingTree, growTree, insertNodes } from "./audit-range.ts";
import { cellByCode } from "./cells.ts";
import { blamesARow, tookTooLong } from "./driver-errors.ts";
import { noteGrown } from "./grown-logs.ts";
import {
  deleteBatches,
  isWhole,
  lengthOf,
  type Piece,
  type ReadPiece,
  readPieces,
  type TurnLimit,
  unsealedIn,
  visiblePieces,
} from "./inbox-pieces.ts";
import { plainTransaction } from "./plain-transaction.ts";
import { type Growth, sealEvents } from "./seal-events.ts";
import { noteSealedSecurity } from "./sealed-security.ts";
import { type SetAside, setAsideIn, TOO_LONG } from "./set-aside.ts";
import { advance, isLeastShare, retreat, shareOf } from "./turn-share.ts";
import { queueDeliveries } from "./webhook-outbox.ts";

/** Of this database: one sealer at a time, whichever replica it runs in. */
const SEALER_LOCK = 0x5ea1;

export interface Sealed {
  /** How many events were sealed; 0 also when another sealer is at work. */
  readonly sealed: number;
  /** How long the one that waited longest was durable before it was sealed. */
  readonly waitedSeconds: number;
  /** The turn was full: more are waiting. */
  readonly full: boolean;
}

/**
 * A turn costs a few round trips and a flush besides its events, and ends long before its statements would be cancelled:
 * after so many events of usual size it has taken a third of a second, of 4,000 tenants a second or two.
 */
const TURN: TurnLimit = { events: 4_000, bytes: 4_000_000 };

/** What a turn takes: batches that are visible, or pieces of a turn that failed. */
type Wanted =
  | { readonly limit: TurnLimit; readonly but: SetAside }
  | { readonly only: readonly Piece[] };

/**
 * Moves events from the inbox into their tenants' chains, in one transaction that holds the sealer's lock itself: dense
 * `seq`, leaf hash, chain hash and tree per tenant. Takes what is visible, never by a watermark of ids or times, for
 * commit order is neither. Dies half-way: nothing has happened. One event that the log does not take is set aside, and
 * stays in the inbox (`takeUnsealable`): it stops neither the other tenants' logs nor the rest of its own. A log that is
 * damaged (`takeDamagedLogs`) stops nobody else's: without a tree its events are sealed all the same, and no checkpoint
 * is signed; when it takes none they wait.
 * @param most events in one go, but for those of the batch that reaches it
 */
export async function sealOnce(cell: number, most = TURN.events): Promise<Sealed> {
  const share = shareOf(cell);
  const limit = { events: Math.ceil(most * share), bytes: Math.ceil(TURN.bytes * share) };
  const sealed: ReadPiece[] = [];
  try {
    await sealWanted(cell, { limit, but: setAsideIn(cell) }, sealed);
    // Nothing is also what another call finds while a turn goes on.
    if (sealed.length > 0) advance(cell);
  } catch (error) {
    if (tookTooLong(error)) retreat(cell);
    if (!(error instanceof Overtaken)) throw error;
  }
  const events = sum(sealed, lengthOf);
  const bytes = sum(sealed, (piece) => piece.bytes);
  return {
    sealed: events,
    waitedSeconds: Math.max(0, ...sealed.map(({ waited }) => waited)),
    full: events >= limit.events || bytes >= limit.bytes,
  };
}

/**
 * Another sealer has the lock that the rest of a turn needs which failed. It may take that rest as well, so none of it is
 * sealed here: what comes later would lie before it.
 */
class Overtaken extends Error {}

/** The turn failed for what one of its events is. */
class Blamed extends Error {
  readonly pieces: readonly ReadPiece[];
  readonly why: string;
  /** @param why never the message, which may quote the event */
  constructor(pieces: readonly ReadPiece[], why: string) {
    super("an event cannot be sealed");
    this.pieces = pieces;
    this.why = why;
  }
}

/**
 * Seals what is wanted but for the events that are to blame: a turn that failed is taken again in halves.
 * @param sealed gets what was sealed, also when the rest is not
 */
async function sealWanted(cell: number, wanted: Wanted, sealed: ReadPiece[]): Promise<void> {
  try {
    sealed.push(...(await turn(cell, wanted)));
  } catch (error) {
    if (!(error instanceof Blamed)) throw error;
    const { tenants } = setAsideIn(cell);
    const pieces = error.pieces.filter((piece) => !tenants.includes(piece.tenantId));
    if (pieces.length < error.pieces.length) return sealWanted(cell, { only: pieces }, sealed);
    const [piece] = pieces;
    if (piece === undefined) return;
    if (pieces.length === 1) return sealParts(cell, piece, { why: error.why, sealed });
    const half = Math.ceil(pieces.length / 2);
    await sealWanted(cell, { only: pieces.slice(0, half) }, sealed);
    await sealWanted(cell, { only: pieces.slice(half) }, sealed);
  }
}

/** A piece failed. */
interface Failed {
  readonly why: string;
  /** Gets what was sealed. */
  readonly sealed: ReadPiece[];
}

/** Of a piece that failed: what is in the log already needs no sealing, one event alone is to blame, more are tried in parts. */
async function sealParts(cell: number, piece: ReadPiece, failed: Failed): Promise<void> {
  if (!isWhole(piece)) return sealUnsealed(cell, piece, failed);
  try {
    await sealUnsealed(cell, piece, failed);
    await settle(cell, piece);
  } catch (error) {
    const aside = setAsideIn(cell);
    if (!tookTooLong(error) || !isLeastShare(cell)) {
      aside.forget(piece);
      throw error;
    }
    // To find or to settle it takes too long: where none of its events is to blame it stands aside by the first, after which it is named.
    if (!aside.hasOf(piece)) standAside(cell, piece, { id: piece.id, why: TOO_LONG });
  }
}

async function sealUnsealed(cell: number, piece: ReadPiece, failed: Failed): Promise<void> {
  const { why, sealed } = failed;
  const unsealed = await plainTransaction(cellByCode(cell).sealer, (client) =>
    unsealedIn(client, piece),
  );
  const [part] = unsealed;
  const isAll = part !== undefined && lengthOf(part) === lengthOf(piece);
  const [id, ...others] = part?.eventIds ?? [];
  if (isAll && id !== undefined && others.length === 0) {
    return standAside(cell, piece, { id, why });
  }
  if (isAll && why === TOO_LONG) return sealShorter(cell, piece, sealed);
  for (const one of isAll ? halvesOf(piece) : unsealed) {
    await sealWanted(cell, { only: [one] }, sealed);
  }
}

/** Seals a piece that was cancelled, in stretches as short as it takes. Each that is too long costs its whole time. */
async function sealShorter(cell: number, piece: ReadPiece, sealed: ReadPiece[]): Promise<void> {
  let length = Math.ceil(lengthOf(piece) / 4);
  const isTried = () => !setAsideIn(cell).tenants.includes(piece.tenantId);
  for (let first = piece.first; first <= piece.last && isTried(); ) {
    const part = { ...piece, first, last: Math.min(piece.last, first + length - 1) };
    try {
      sealed.push(...(await turn(cell, { only: [part] })));
    } catch (error) {
      if (!(error instanceof Blamed)) throw error;
      if (error.why === TOO_LONG && length > 1) {
        length = Math.ceil(length / 4);
        continue;
      }
      await sealParts(cell, part, { why: error.why, sealed });
    }
    first = part.last + 1;
  }
}

function standAside(
  cell: number,
  { tenantId, id: batch }: Piece,
  { id, why }: { readonly id: string; readonly why: string },
): void {
  const aside = setAsideIn(cell);
  if (aside.full) throw new Error("the log takes no events", { cause: why });
  aside.add({ tenantId, batch, id, why });
}

function halvesOf(piece: Piece): readonly Piece[] {
  const middle = piece.first + (lengthOf(piece) >> 1);
  return [
    { ...piece, last: middle - 1 },
    { ...piece, first: middle },
  ];
}

/**
 * Takes a batch that was sealed in parts out of the inbox, unless one of its events stands aside. Where another sealer came
 * in between, what is left must not wait with that one: the next turn takes the batch again.
 */
async function settle(cell: number, batch: Piece): Promise<void> {
  const aside = setAsideIn(cell);
  const settled = await plainTransaction(cellByCode(cell).sealer, async (client) => {
    if (!(await isSealer(client))) return false;
    const left = (await unsealedIn(client, batch)).flatMap(({ eventIds }) => eventIds);
    if (left.length === 0) await deleteBatches(client, [batch]);
    const { tenantId, id } = batch;
    return left.every((event) => aside.has({ tenantId, batch: id, id: event }));
  });
  if (!settled) aside.forget(batch);
}

/** Whether the transaction is the one that seals, and holds everybody else off until it ends. */
async function isSealer(client: pg.PoolClient): Promise<boolean> {
  const { rows } = await client.query("select pg_try_advisory_xact_lock($1) as ours", [
    SEALER_LOCK,
  ]);
  return rows[0].ours;
}

async function turn(cell: number, wanted: Wanted): Promise<readonly ReadPiece[]> {
  const { sealed, grown } = await plainTransaction(cellByCode(cell).sealer, (client) =>
    seal(client, cell, wanted),
  );
  // Only now is it certain.
  for (const { tree, chain } of grown) tree.keep(chain);
  noteGrown(
    cell,
    grown.map(({ tenantId }) => tenantId),
  );
  noteSealedSecurity(
    cell,
    grown.flatMap(({ security }) => security.map(({ type }) => type)),
  );
  return sealed;
}

interface Turn {
  readonly sealed: readonly ReadPiece[];
  readonly grown: readonly (Growth & { readonly tree: GrowingTree })[];
}

async function seal(client: pg.PoolClient, cell: number, wanted: Wanted): Promise<Turn> {
  const isOurs = await isSealer(client);
  if ("only" in wanted) {
    if (!isOurs) throw new Overtaken("another sealer is at work");
    return sealFound(client, cell, await readPieces(client, wanted.only));
  }
  if (!isOurs) return NOTHING;
  return sealFound(client, cell, await visiblePieces(client, wanted.limit, wanted.but));
}

async function sealFound(
  client: pg.PoolClient,
  cell: number,
  pieces: readonly ReadPiece[],
): Promise<Turn> {
  if (pieces.length === 0) return NOTHING;
  try {
    return await sealPieces(client, pieces);
  } catch (error) {
    // Less than a batch is not taken, so one that is too much is taken apart; one event is not blamed for what may pass.
    const isMore = sum(pieces, lengthOf) > 1 || isLeastShare(cell);
    if (tookTooLong(error) && pieces.length === 1 && isMore) throw new Blamed(pieces, TOO_LONG);
    if (!blamesARow(error)) throw error;
    throw new Blamed(pieces, [error.code, error.constraint].filter(Boolean).join(" "));
  }
}

const NOTHING: Turn = { sealed: [], grown: [] };

async function sealPieces(client: pg.PoolClient, pieces: readonly ReadPiece[]): Promise<Turn> {
  const grown: Turn["grown"][number][] = [];
  for (const growth of await sealEvents(client, pieces)) {
    grown.push({ ...growth, tree: await growTree(client, growth.tenantId, growth.end) });
  }
  // Nobody else takes one away, for this transaction holds the sealer's lock: a batch has fewer events than it says.
  if (sum(grown, ({ leaves }) => leaves.length) !== sum(pieces, lengthOf)) {
    throw new Blamed(pieces, "its batch is shorter than it says");
  }
  // The database takes the batches out while the trees grow here.
  const deleted = deleteBatches(client, pieces.filter(isWhole));
  try {
    for (const { tree, leaves } of grown) for (const leaf of leaves) tree.append(leaf);
  } finally {
    await deleted;
  }
  await queueDeliveries(
    client,
    grown.flatMap(({ security }) => security),
  );
  await insertNodes(
    client,
    grown.map(({ tree }) => tree),
  );
  return { sealed: pieces, grown };
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
