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
/** After so many milliseconds each is tried again: what was in the way may have been mended. */
const FOR_MS = 10 * 60_000;

/** The events of one cell that this process has found to be unsealable. */
export class SetAside {
  /** In the order in which they were set aside. */
  readonly #events = new Map<string, Unsealable & { readonly since: number }>();
  readonly #untold = new Map<string, Unsealable>();
  readonly #perTenant = new Map<string, number>();
  readonly #untoldLogs: DamagedLog[] = [];

  get all(): readonly Unsealable[] {
    for (const event of this.#events.values()) {
      if (performance.now() - event.since <= FOR_MS) break;
      this.#takeBack(event);
    }
    return [...this.#events.values()];
  }

  /** Tenants of whose events none is tried. */
  get tenants(): readonly string[] {
    return [...this.#perTenant].flatMap(([id, events]) => (events < MOST_OF_TENANT ? [] : [id]));
  }

  get full(): boolean {
    return this.#events.size >= MOST;
  }

  has(event: Named): boolean {
    return this.#events.has(keyOf(event));
  }

  add(event: Unsealable): void {
    if (this.has(event)) return;
    this.#events.set(keyOf(event), { ...event, since: performance.now() });
    this.#untold.set(keyOf(event), event);
    const before = this.#perTenant.get(event.tenantId) ?? 0;
    const ofTenant = before + weightOf(event);
    this.#perTenant.set(event.tenantId, ofTenant);
    if (before >= MOST_OF_TENANT || ofTenant < MOST_OF_TENANT) return;
    const why = `it takes no events (${event.why}): they wait in the inbox`;
    this.#untoldLogs.push({ tenantId: event.tenantId, why });
  }

  /** Takes back what was said of a batch, unless it is a log that takes none, of its tenant or of all. */
  forget({ tenantId, id }: { readonly tenantId: string; readonly id: string }): void {
    if (this.full || this.tenants.includes(tenantId)) return;
    const own = [...this.#events.values()].filter(
      (event) => event.tenantId === tenantId && event.batch === id,
    );
    for (const event of own) {
      this.#takeBack(event);
      this.#untold.delete(keyOf(event));
    }
  }

  /** Whether one of a batch's events stands aside, and so the batch. */
  hasOf({ tenantId, id }: { readonly tenantId: string; readonly id: string }): boolean {
    return [...this.#events.values()].some(
      (event) => event.tenantId === tenantId && event.batch === id,
    );
  }

  #takeBack(event: Unsealable): void {
    this.#events.delete(keyOf(event));
    const left = (this.#perTenant.get(event.tenantId) ?? 0) - weightOf(event);
    if (left > 0) this.#perTenant.set(event.tenantId, left);
    else this.#perTenant.delete(event.tenantId);
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
