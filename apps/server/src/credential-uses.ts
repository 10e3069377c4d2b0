import type { CredentialUse } from "@aic-sos/db/doors";
import { noteUses } from "@aic-sos/db/doors";
import type { Principal } from "@aic-sos/policy/principal";

/** What was used, and by whom. */
export interface Used extends Pick<CredentialUse, "kind" | "id"> {
  readonly principal: Pick<Principal, "tenantId" | "credentialExpiresAt">;
}

/** Remembers which credentials were used until the next flush: no request waits for that write. */
export interface CredentialUses {
  note(used: Used): void;
  /** Writes what was noted, one statement a tenant. What cannot be written is tried again at the next flush. */
  flush(): Promise<void>;
}

interface Parts {
  readonly now: () => number;
  readonly idleMs: number;
  /** Tells of a failed write that nobody waited for. */
  readonly warn: (error: unknown) => void;
}

/** A session that ends so soon (milliseconds) cannot wait for the next flush. */
const URGENT_MS = 120_000;

/** Beyond so many the oldest are forgotten: the memory is worth more than a last use. */
const MOST_NOTED = 50_000;

export function createCredentialUses({ now, idleMs, warn }: Parts): CredentialUses {
  let noted = new Map<string, CredentialUse & { readonly tenantId: string }>();

  const flush = async (): Promise<void> => {
    const taken = noted;
    noted = new Map();
    const failures: unknown[] = [];
    for (const [tenantId, uses] of Map.groupBy(taken.values(), (use) => use.tenantId)) {
      try {
        await noteUses(tenantId, uses, idleMs / 1000);
      } catch (error) {
        failures.push(error);
        for (const use of uses) if (!noted.has(use.id)) noted.set(use.id, use);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, "uses of credentials not noted");
  };

  return {
    note: ({ kind, id, principal }) => {
      noted.set(id, { kind, id, at: now(), tenantId: principal.tenantId });
      if (noted.size > MOST_NOTED) noted.delete(noted.keys().next().value ?? "");
      const ends = kind === "session" ? principal.credentialExpiresAt : null;
      if (ends !== null && ends - now() < URGENT_MS) flush().catch(warn);
    },
    flush,
  };
}
