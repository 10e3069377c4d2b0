import { appendEvent } from "@aic-sos/db/append-event";
import { admitIdentity } from "@aic-sos/db/doors";
import { UniqueViolation } from "@aic-sos/db/errors";
import type { ScopedTransaction } from "@aic-sos/db/scoped";
import type { NewFamily, ProviderOrigin } from "../../issue-family.ts";
import { lockLettingSession } from "./letting-session.store.ts";
import { type At, isActive } from "./token.store.ts";

/** RFC 8628 §3.5: so much longer the device waits from then on, whenever it comes too early. */
const SLOWER_BY_SECONDS = 5;

/** A device that keeps to its interval is now and then early by what the network took less. */
const JITTER_MS = 500;

interface NewDeviceCode {
  readonly id: string;
  readonly clientId: string;
  readonly askedWorkspace: string | null;
  readonly deviceNameSealed: Uint8Array<ArrayBuffer> | null;
  readonly addressSealed: Uint8Array<ArrayBuffer> | null;
  readonly userCodeHash: Uint8Array<ArrayBuffer>;
  readonly secretHash: Uint8Array<ArrayBuffer>;
  readonly expiresAt: Date;
}

/** What a device gets when it asks how things stand. */
export type Polled = "redeemed" | "pending" | "too_early" | "denied" | "expired" | "refused";

export const deviceStore = {
  /** Keeps what a device asks for. False when another one has that user code. */
  async create(at: At, code: NewDeviceCode): Promise<boolean> {
    try {
      await transaction(at, async (tx) => {
        await tx.deviceCode.create({ data: code });
        const resource = { type: "device_code", id: code.id };
        await appendEvent(tx, { type: "device_code.created", resource });
      });
      return true;
    } catch (error) {
      if (error instanceof UniqueViolation) return false;
      throw error;
    }
  },

  async find(tenantId: string, id: string) {
    return admitIdentity(tenantId, (tx) =>
      tx.deviceCode.findFirst({
        where: { id },
        select: {
          id: true,
          clientId: true,
          secretHash: true,
          userId: true,
          approvedAt: true,
          askedWorkspace: true,
          deviceNameSealed: true,
        },
      }),
    );
  },

  /** How things stand; with a family, of whoever approved, also uses the code up and writes that family. */
  async poll(at: At, id: string, family: NewFamily | undefined): Promise<Polled> {
    return transaction(at, async (tx) => {
      // Locks it: of many who come with one code at once, all but one find it used.
      await tx.deviceCode.updateMany({ where: { id, usedAt: null }, data: { usedAt: null } });
      const code = await findForPolling(tx, id);
      if (!code || code.usedAt !== null) return "refused";
      if (code.expiresAt.getTime() <= at.now) return "expired";
      if (code.deniedAt !== null) return "denied";
      if (code.approvedAt === null || !family) return wait(tx, at, { id, ...code });
      const origin = await originOf(tx, at, code);
      if (!origin) return "refused";
      await family.write(tx, origin);
      await tx.deviceCode.updateMany({
        where: { id },
        data: { usedAt: new Date(at.now), familyId: family.id },
      });
      return "redeemed";
    });
  },
};

function transaction<T>(at: At, fn: (tx: ScopedTransaction) => Promise<T>): Promise<T> {
  return admitIdentity(at.tenantId, fn, at.requestId);
}

type Found = NonNullable<Awaited<ReturnType<typeof findForPolling>>>;

function findForPolling(tx: ScopedTransaction, id: string) {
  return tx.deviceCode.findFirst({
    where: { id },
    select: {
      askedWorkspace: true,
      intervalSeconds: true,
      lastPolledAt: true,
      expiresAt: true,
      approvedAt: true,
      deniedAt: true,
      usedAt: true,
      sessionId: true,
      user: { select: { state: true } },
    },
  });
}

async function wait(tx: ScopedTransaction, at: At, code: Found & { id: string }): Promise<Polled> {
  const { id, intervalSeconds, lastPolledAt } = code;
  const earliest = (lastPolledAt?.getTime() ?? 0) + intervalSeconds * 1000 - JITTER_MS;
  const early = at.now < earliest;
  await tx.deviceCode.updateMany({
    where: { id },
    data: {
      lastPolledAt: new Date(at.now),
      ...(early ? { intervalSeconds: intervalSeconds + SLOWER_BY_SECONDS } : {}),
    },
  });
  return early ? "too_early" : "pending";
}

/** Undefined unless whoever approved is still there and signed in, and so is the workspace that it is limited to. */
async function originOf(
  tx: ScopedTransaction,
  at: At,
  { user, sessionId, askedWorkspace: id }: Found,
): Promise<ProviderOrigin | undefined> {
  const origin = sessionId === null ? undefined : await lockLettingSession(tx, sessionId, at.now);
  if (!origin || !user || !(await isActive(tx, user))) return undefined;
  const there =
    id === null || (await tx.workspace.findFirst({ where: { id }, select: { id: true } }));
  return there ? origin : undefined;
}
