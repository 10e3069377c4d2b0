import { GENESIS } from "@aic-sos/audit/chain";
import type pg from "pg";
import { growTree, insertNodes } from "./audit-range.ts";
import { cellByCode } from "./cells.ts";
import { type Grown, headsOf, insertLinks, linkUp } from "./chain-links.ts";
import { blamesARow } from "./driver-errors.ts";
import { noteGrown } from "./grown-logs.ts";
import {
  deleteBatches,
  isWhole,
  lengthOf,
  type Piece,
  type ReadPiece,
  readPieces,
  unsealedIn,
  visiblePieces,
} from "./inbox-pieces.ts";
import { plainTransaction } from "./plain-transaction.ts";
import { noteSealedSecurity, type SealedSecurityEvent } from "./sealed-security.ts";
import { type SetAside, setAsideIn } from "./set-aside.ts";
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

/** What a turn takes: batches that are visible, or pieces of a turn that failed. */
type Wanted =
  | { readonly limit: number; readonly but: SetAside }
  | { readonly only: readonly Piece[] };

/**
 * Moves events from the inbox into their tenants' chains, in one transaction that holds the sealer's lock itself: dense
 * `seq`, leaf hash, chain hash and tree per tenant. Takes what is visible, never by a watermark of ids or times, for
 * commit order is neither. Dies half-way: nothing has happened. One event that the log does not take is set aside, and
 * stays in the inbox (`takeUnsealable`): it stops neither the other tenants' logs nor the rest of its own. A log that is
 * damaged (`takeDamagedLogs`) stops nobody else's: without a tree its events are sealed all the same, and no checkpoint
 * is signed; when it takes none they wait.
 * @param limit events in one go, but for those of the batch that reaches it
 */
export async function sealOnce(cell: number, limit = 1_000): Promise<Sealed> {
  const sealed = await sealWanted(cell, { limit, but: setAsideIn(cell) });
  const events = sealed.reduce((sum, piece) => sum + lengthOf(piece), 0);
  return {
    sealed: events,
    waitedSeconds: Math.max(0, ...sealed.map(({ waited }) => waited)),
    full: events >= limit,
  };
}

/** The turn failed for what one of its events is. */
class Blamed extends Error {
  readonly pieces: readonly ReadPiece[];
  readonly why: string;
  constructor(pieces: readonly ReadPiece[], { code, constraint }: pg.DatabaseError) {
    super("an event cannot be sealed");
    this.pieces = pieces;
    this.why = [code, constraint].filter(Boolean).join(" ");
  }
}

/** Seals what is wanted but for the events that are to blame: a turn that failed is taken again in halves. */
async function sealWanted(cell: number, wanted: Wanted): Promise<readonly ReadPiece[]> {
  try {
    return await turn(cell, wanted);
  } catch (error) {
    if (!(error instanceof Blamed)) throw error;
    const { tenants } = setAsideIn(cell);
    const pieces = error.pieces.filter((piece) => !tenants.includes(piece.tenantId));
    if (pieces.length < error.pieces.length) return sealWanted(cell, { only: pieces });
    const [piece] = pieces;
    if (piece === undefined) return [];
    if (pieces.length === 1) return sealParts(cell, piece, error);
    const half = Math.ceil(pieces.length / 2);
    return sealEach(cell, [pieces.slice(0, half), pieces.slice(half)]);
  }
}

async function sealEach(
  cell: number,
  turns: readonly (readonly Piece[])[],
): Promise<readonly ReadPiece[]> {
  const sealed: ReadPiece[] = [];
  for (const only of turns) sealed.push(...(await sealWanted(cell, { only })));
  return sealed;
}

/** Of a piece that failed: what is in the log already needs no sealing, one event alone is to blame, more are halved. */
async function sealParts(
  cell: number,
  piece: ReadPiece,
  blamed: Blamed,
): Promise<readonly ReadPiece[]> {
  const unsealed = await plainTransaction(cellByCode(cell).sealer, (client) =>
    unsealedIn(client, piece),
  );
  const [part] = unsealed;
  const isAll = part !== undefined && lengthOf(part) === lengthOf(piece);
  const [id, ...others] = part?.eventIds ?? [];
  if (isAll && id !== undefined && others.length === 0) {
    const aside = setAsideIn(cell);
    if (aside.full) throw new Error("the log takes no events", { cause: blamed });
    aside.add({ tenantId: piece.tenantId, batch: piece.id, id, why: blamed.why });
    return [];
  }
  const parts = (isAll ? halvesOf(piece) : unsealed).map((one) => [one]);
  if (!isWhole(piece)) return sealEach(cell, parts);
  try {
    const sealed = await sealEach(cell, parts);
    await settle(cell, piece);
    return sealed;
  } catch (error) {
    setAsideIn(cell).forget(piece);
    throw error;
  }
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
  const { sealed, grown, security } = await plainTransaction(cellByCode(cell).sealer, (client) =>
    seal(client, wanted),
  );
  // Only now is it certain.
  for (const { tree, chain } of grown.values()) tree.keep(chain);
  noteGrown(cell, grown.keys());
  noteSealedSecurity(
    cell,
    security.map(({ type }) => type),
  );
  return sealed;
}

interface Turn {
  readonly sealed: readonly ReadPiece[];
  readonly grown: ReadonlyMap<string, Grown>;
  /** The security events among them. */
  readonly security: readonly SealedSecurityEvent[];
}

async function seal(client: pg.PoolClient, wanted: Wanted): Promise<Turn> {
  if (!(await isSealer(client))) return NOTHING;
  const pieces =
    "only" in wanted
      ? await readPieces(client, wanted.only)
      : await visiblePieces(client, wanted.limit, wanted.but);
  if (pieces.length === 0) return NOTHING;
  try {
    return await sealPieces(client, pieces);
  } catch (error) {
    throw blamesARow(error) ? new Blamed(pieces, error) : error;
  }
}

const NOTHING: Turn = { sealed: [], grown: new Map(), security: [] };

async function sealPieces(client: pg.PoolClient, pieces: readonly ReadPiece[]): Promise<Turn> {
  const grown = new Map<string, Grown>();
  const tenantIds = [...new Set(pieces.map(({ tenantId }) => tenantId))];
  const heads = await headsOf(client, tenantIds);
  for (const tenantId of tenantIds) {
    const head = heads.get(tenantId) ?? { seq: 0, chain: GENESIS };
    grown.set(tenantId, { ...head, tree: await growTree(client, tenantId, head) });
  }
  const security = await insertLinks(client, linkUp(pieces, grown));
  await queueDeliveries(client, security);
  await insertNodes(
    client,
    [...grown.values()].map(({ tree }) => tree),
  );
  await deleteBatches(client, pieces.filter(isWhole));
  return { sealed: pieces, grown, security };
}
