/** An event in the inbox that the log does not take. It stays there: what is durable is never thrown away. */
export interface Unsealable {
  readonly tenantId: string;
  readonly id: string;
  /** The SQLSTATE, and the constraint where there is one; never the message, which may quote the event. */
  readonly why: string;
}

/** So many stand aside at most, per cell. More is no bad event but a log that takes none: then nothing is sealed. */
const MOST = 10_000;
/** After so many milliseconds they are tried again: what was in the way may have been mended. */
const FOR_MS = 10 * 60_000;

/** The events of one cell that this process has found to be unsealable. */
class SetAside {
  readonly #events = new Map<string, Unsealable>();
  readonly #untold: Unsealable[] = [];
  #since = 0;

  get all(): readonly Unsealable[] {
    if (performance.now() - this.#since > FOR_MS) this.#events.clear();
    return [...this.#events.values()];
  }

  get full(): boolean {
    return this.#events.size >= MOST;
  }

  add(event: Unsealable): void {
    if (this.#events.size === 0) this.#since = performance.now();
    this.#events.set(`${event.tenantId}/${event.id}`, event);
    this.#untold.push(event);
  }

  takeUntold(): readonly Unsealable[] {
    return this.#untold.splice(0);
  }
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
