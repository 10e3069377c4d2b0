import type { Adapter, AdapterFactory, AdapterPayload } from "oidc-provider";

interface Stored {
  payload: AdapterPayload;
  readonly expiresAt: number;
}

/** Entries beyond which expired ones are swept before another is stored. */
const SWEEP_ABOVE = 1000;

/**
 * Where oidc-provider keeps sessions, codes and tokens: in memory, gone with the process. It differs from
 * the library's own in that nothing is pushed out before its time, however many people log in.
 */
export function createMemoryAdapter(now: () => number = Date.now): AdapterFactory {
  const entries = new Map<string, Stored>();

  const sweep = (): void => {
    for (const [key, { expiresAt }] of entries) if (expiresAt <= now()) entries.delete(key);
  };
  const find = (key: string): AdapterPayload | undefined => {
    const entry = entries.get(key);
    return entry !== undefined && entry.expiresAt > now() ? entry.payload : undefined;
  };
  const findWhere = (
    prefix: string,
    fits: (payload: AdapterPayload) => boolean,
  ): AdapterPayload | undefined => {
    for (const [key, { payload }] of entries) {
      if (key.startsWith(prefix) && fits(payload)) return find(key);
    }
    return undefined;
  };

  return (model): Adapter => {
    const prefix = `${model}:`;
    return {
      upsert: async (id, payload, expiresIn) => {
        if (entries.size > SWEEP_ABOVE) sweep();
        const expiresAt = expiresIn === undefined ? Infinity : now() + expiresIn * 1000;
        entries.set(prefix + id, { payload, expiresAt });
      },
      find: async (id) => find(prefix + id),
      findByUid: async (uid) => findWhere(prefix, (payload) => payload.uid === uid),
      findByUserCode: async (code) => findWhere(prefix, (payload) => payload.userCode === code),
      consume: async (id) => {
        const payload = find(prefix + id);
        if (payload !== undefined) payload.consumed = Math.floor(now() / 1000);
      },
      destroy: async (id) => {
        entries.delete(prefix + id);
      },
      revokeByGrantId: async (grantId) => {
        for (const [key, { payload }] of entries) {
          if (key.startsWith(prefix) && payload.grantId === grantId) entries.delete(key);
        }
      },
    };
  };
}
