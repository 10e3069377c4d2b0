/** An event in the inbox that the log does not take. It stays there: what is durable is never thrown away. */
export interface Unsealable {
  readonly tenantId: string;
  readonly id: string;
  /** The batch that it lies in, which is not taken as long as it stands aside. */
  readonly batch: string;
  /** The SQLSTATE, and the constraint where there is one, or a few words; never the message, which may quote the event. */
  readonly why: string;
}

/** Why one stands aside that the database cancelled again and again. */
export const TOO_LONG = "57014";

type Named = Pick<Unsealable, "tenantId" | "batch" | "id">;

function keyOf({ tenantId, batch, id }: Named): string {
  return `${tenantId}/${batch}/${id}`;
}

function weightOf({ why }: Unsealable): number {
  return why === TOO_LONG ? CANCELLED_COUNTS : 1;
}

/** A tenant's log that is damaged, and what that means for its events: somebody has to look at it. */
export interface DamagedLog {
  readonly tenantId: string;
  readonly why: string;
}

/** After so many events of one tenant it is its log that takes none: then all of its events wait, and are not tried one by one. */
const MOST_OF_TENANT = 100;
/** One that is cancelled for taking too long counts for so many: to find it out took the time of hundreds of turns. */
const CANCELLED_COUNTS = 20;
/** So many stand aside at most, per cell. More is no bad event but a log that takes none: then nothing is sealed. */
const MOST = 10_000;
/** After so many milliseconds without another one a tenant's are tried again: what was in the way may have been mended. */
const FOR_MS = 10 * 60_000;

/** What stands aside of one tenant. It is tried again together: one by one each would stop the sealer anew. */
class AsideOfTenant {
  readonly events = new Map<string, Unsealable>();
  /** When the last one was set aside. */
  since = 0;

  /** None of the tenant's events is tried. */
  get takesNone(): boolean {
    const weights = [...this.events.values()].map(weightOf);
    return weights.reduce((total, weight) => total + weight, 0) >= MOST_OF_TENANT;
  }

  ofBatch(batch: string): readonly Unsealable[] {
    return [...this.events.values()].filter((event) => event.batch === batch);
  }
}

/** The events of one cell that this process has found to be unsealable. */
export class SetAside {
  readonly #tenants = new Map<string, AsideOfTenant>();
  readonly #untold = new Map<string, Unsealable>();
  readonly #untoldLogs: DamagedLog[] = [];

  get all(): readonly Unsealable[] {
    for (const [tenantId, { since }] of this.#tenants) {
      if (performance.now() - since > FOR_MS) this.#tenants.delete(tenantId);
    }
    return [...this.#tenants.values()].flatMap(({ events }) => [...events.values()]);
  }

  /** Tenants of whose events none is tried. */
  get tenants(): readonly string[] {
    return [...this.#tenants].flatMap(([id, own]) => (own.takesNone ? [id] : []));
  }

  get full(): boolean {
    let size = 0;
    for (const { events } of this.#tenants.values()) size += events.size;
    return size >= MOST;
  }

  has(event: Named): boolean {
    return this.#tenants.get(event.tenantId)?.events.has(keyOf(event)) ?? false;
  }

  add(event: Unsealable): void {
    if (this.has(event)) return;
    const own = this.#tenants.get(event.tenantId) ?? new AsideOfTenant();
    const tookNone = own.takesNone;
    this.#tenants.set(event.tenantId, own);
    own.events.set(keyOf(event), event);
    own.since = performance.now();
    this.#untold.set(keyOf(event), event);
    if (tookNone || !own.takesNone) return;
    const why = `it takes no events (${event.why}): they wait in the inbox`;
    this.#untoldLogs.push({ tenantId: event.tenantId, why });
  }

  /** Takes back what was said of a batch, unless it is a log that takes none, of its tenant or of all. */
  forget({ tenantId, id }: { readonly tenantId: string; readonly id: string }): void {
    const own = this.#tenants.get(tenantId);
    if (own === undefined || own.takesNone || this.full) return;
    for (const event of own.ofBatch(id)) {
      own.events.delete(keyOf(event));
      this.#untold.delete(keyOf(event));
    }
  }

  /** Whether one of a batch's events stands aside, and so the batch. */
  hasOf({ tenantId, id }: { readonly tenantId: string; readonly id: string }): boolean {
    return (this.#tenants.get(tenantId)?.ofBatch(id).length ?? 0) > 0;
  }

  takeUntoldLogs(): readonly DamagedLog[] {
    return this.#untoldLogs.splice(0);
  }

  takeUntold(): readonly Unsealable[] {
    const untold = [...this.#untold.values()];
    this.#untold.clear();
    return untold;
  }
}

/** Tenants of one cell whose trees cannot be grown. To find that out again takes a look at the whole log. */
class DamagedTrees {
  readonly #since = new Map<string, number>();
  readonly #untold: DamagedLog[] = [];

  get size(): number {
    return this.#since.size;
  }

  has(tenantId: string): boolean {
    const since = this.#since.get(tenantId);
    if (since === undefined) return false;
    if (performance.now() - since <= FOR_MS) return true;
    this.#since.delete(tenantId);
    return false;
  }

  add(log: DamagedLog): void {
    this.#since.set(log.tenantId, performance.now());
    this.#untold.push(log);
  }

  takeUntold(): readonly DamagedLog[] {
    return this.#untold.splice(0);
  }
}

const trees = new Map<number, DamagedTrees>();

export function damagedTreesOf(cell: number): DamagedTrees {
  const known = trees.get(cell) ?? new DamagedTrees();
  trees.set(cell, known);
  return known;
}

const cells = new Map<number, SetAside>();

export function setAsideIn(cell: number): SetAside {
  const known = cells.get(cell) ?? new SetAside();
  cells.set(cell, known);
  return known;
}

/** The events that this process has set aside since the last call, and how many stand aside now: somebody has to look at them. */
export function takeUnsealable(cell: number): {
  readonly found: readonly Unsealable[];
  readonly aside: number;
} {
  const aside = setAsideIn(cell);
  return { found: aside.takeUntold(), aside: aside.all.length };
}

/** The damaged logs that this process has come upon since the last call, and how many it knows now. */
export function takeDamagedLogs(cell: number): {
  readonly found: readonly DamagedLog[];
  readonly damaged: number;
} {
  const [aside, ofTrees] = [setAsideIn(cell), damagedTreesOf(cell)];
  return {
    found: [...aside.takeUntoldLogs(), ...ofTrees.takeUntold()],
    damaged: aside.tenants.length + ofTrees.size,
  };
}
