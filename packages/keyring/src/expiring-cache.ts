/** Values by owner and name; see {@link createExpiringCache}. */
export interface ExpiringCache<V> {
  /** The value, loaded at most once by all who ask meanwhile. Rejects as `load` does. */
  get(owner: string, name: string, load: () => Promise<V>): Promise<V>;
  /** Drops all of an owner's values and disposes of them at once; a load under way starts anew. */
  forget(owner: string): void;
}

export interface ExpiringCacheOptions<V> {
  readonly now: () => number;
  /** How long a value is handed out, in milliseconds. */
  readonly ttlMs: number;
  /** How long one that is no longer handed out stays usable for those who got it just before. */
  readonly graceMs: number;
  /** At most so many are kept; the least recently used goes first. */
  readonly max: number;
  readonly dispose: (value: V) => void;
}

interface Entry<V> {
  readonly owner: string;
  readonly key: string;
  readonly loading: Promise<V>;
  loaded: { readonly value: V } | undefined;
  expiresAt: number;
  forgotten: boolean;
  timer: NodeJS.Timeout | undefined;
}

/**
 * A cache of values that have to be destroyed after use. A value leaves by age or for want of room
 * and is disposed of when the grace has passed; `forget` does not wait. Failed loads are not kept.
 */
export function createExpiringCache<V>(options: ExpiringCacheOptions<V>): ExpiringCache<V> {
  const entries = new Map<string, Entry<V>>();
  const retired = new Set<Entry<V>>();

  const dispose = (entry: Entry<V>): void => {
    clearTimeout(entry.timer);
    retired.delete(entry);
    if (entry.loaded !== undefined) options.dispose(entry.loaded.value);
    else entry.loading.then(options.dispose, () => undefined);
  };

  const retire = (entry: Entry<V>): void => {
    if (entries.get(entry.key) === entry) entries.delete(entry.key);
    clearTimeout(entry.timer);
    retired.add(entry);
    entry.timer = setTimeout(() => dispose(entry), options.graceMs).unref();
  };

  const start = (owner: string, key: string, load: () => Promise<V>): Entry<V> => {
    const entry: Entry<V> = {
      owner,
      key,
      loading: load(),
      loaded: undefined,
      expiresAt: Number.POSITIVE_INFINITY,
      forgotten: false,
      timer: undefined,
    };
    entries.set(key, entry);
    entry.loading.then(
      (value) => {
        entry.loaded = { value };
        if (entries.get(key) !== entry) return;
        entry.expiresAt = options.now() + options.ttlMs;
        entry.timer = setTimeout(() => retire(entry), options.ttlMs).unref();
      },
      () => {
        if (entries.get(key) === entry) entries.delete(key);
      },
    );
    for (const oldest of entries.values()) {
      if (entries.size <= options.max) break;
      retire(oldest);
    }
    return entry;
  };

  const live = (key: string): Entry<V> | undefined => {
    const entry = entries.get(key);
    if (entry === undefined) return undefined;
    if (entry.expiresAt <= options.now()) {
      retire(entry);
      return undefined;
    }
    entries.delete(key); // and in again at the end: the map is ordered by last use
    entries.set(key, entry);
    return entry;
  };

  return {
    get: async (owner, name, load) => {
      const key = `${owner.length}:${owner}${name}`;
      for (;;) {
        const entry = live(key) ?? start(owner, key, load);
        const value = await entry.loading;
        if (!entry.forgotten) return value;
      }
    },
    forget: (owner) => {
      for (const entry of [...entries.values(), ...retired]) {
        if (entry.owner !== owner) continue;
        if (entries.get(entry.key) === entry) entries.delete(entry.key);
        entry.forgotten = true;
        dispose(entry);
      }
    },
  };
}
