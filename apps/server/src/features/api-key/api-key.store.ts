import {
  type ApiKey,
  type CreateApiKey,
  MAX_LIVE_KEYS,
  type RotateApiKey,
} from "@aic-sos/contract/api-keys";
import type { Permission } from "@aic-sos/contract/permissions";
import { Role } from "@aic-sos/contract/roles";
import { appendEvent } from "@aic-sos/db/append-event";
import { read, type ScopedTransaction, write } from "@aic-sos/db/scoped";
import { type Grant, TENANT_WIDE, workspaceOf } from "@aic-sos/policy/grant";
import { fitsLimitedKey } from "@aic-sos/policy/key-permissions";
import { roleAllows } from "@aic-sos/policy/role-table";
import type { z } from "zod";
import { AppError, invalidField, notFound } from "../../app-error.ts";
import { beforeId, iso, isoOrNull, rowsFor, toPage } from "../../page.ts";
import { lockService } from "../../service-home.ts";
import { endOfKey, type NewApiKey } from "./new-api-key.ts";

interface KeyRow {
  id: string;
  userId: string;
  workspaceId: string | null;
  name: string;
  prefix: string;
  permissions: string[];
  createdAt: Date;
  createdBy: string | null;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
  rotatedTo: string | null;
}

const NAMED = { user: { select: { serviceName: true, displayName: true } } } as const;
const HOUR_MS = 60 * 60 * 1000;

export const apiKeyStore = {
  async create(
    grant: Grant<"api_key:create">,
    input: z.output<typeof CreateApiKey>,
    made: NewApiKey,
    now: number,
  ) {
    const expiresAt = new Date(endOfKey(now, input.expiresAt));
    return write(grant, async (tx) => {
      const service = await lockService(tx, grant, input.serviceId);
      refuseDisabled(service);
      refuseWhatDoesNotFit(input.permissions, service.roles);
      await refuseTooMany(tx, service.id, now);
      const row = await tx.apiKey.create({
        data: {
          id: made.id,
          userId: service.id,
          workspaceId: workspaceOf(grant),
          name: input.name,
          prefix: made.prefix,
          secretHash: made.secretHash,
          ...(input.permissions ? { permissions: [...new Set(input.permissions)] } : {}),
          expiresAt,
          createdBy: grant.principalId,
        },
      });
      await appendEvent(tx, {
        type: "api_key.created",
        resource: { type: "api_key", id: made.id },
      });
      return { apiKey: toApiKey(row, service.name, now), key: made.text };
    });
  },

  async list(
    grant: Grant<"api_key:read">,
    input: { serviceId?: string | undefined; limit: number; cursor?: string | undefined },
    now: number,
  ) {
    const rows = await read(grant, (db) =>
      db.apiKey.findMany({
        where: {
          ...beforeId(input.cursor),
          ...(input.serviceId === undefined ? {} : { userId: input.serviceId }),
          user: { kind: "service" },
        },
        include: NAMED,
        orderBy: { id: "desc" },
        take: rowsFor(input),
      }),
    );
    return toPage(
      rows,
      input.limit,
      (row) => toApiKey(row, row.user.serviceName ?? row.user.displayName, now),
      (row) => row.id,
    );
  },

  /** A new key in the place of one that works. Both work for the overlap; without one the old key ends at once. */
  async rotate(
    grant: Grant<"api_key:rotate">,
    input: z.output<typeof RotateApiKey>,
    made: NewApiKey,
    now: number,
  ) {
    return write(grant, async (tx) => {
      const old = await findKey(tx, grant, input.apiKeyId);
      const service = await lockService(tx, grant, old.userId);
      refuseDisabled(service);
      refuseUnrotatable(old, now);
      await refuseTooMany(tx, service.id, now, 2 * MAX_LIVE_KEYS);
      const life =
        old.expiresAt === null ? undefined : old.expiresAt.getTime() - old.createdAt.getTime();
      const { userId, workspaceId, name, permissions } = old;
      const row = await tx.apiKey.create({
        data: {
          id: made.id,
          userId,
          workspaceId,
          name,
          prefix: made.prefix,
          secretHash: made.secretHash,
          ...(permissions.length > 0 ? { permissions } : {}),
          expiresAt: new Date(endOfKey(now, input.expiresAt, life)),
          createdBy: grant.principalId,
        },
      });
      // The service is locked, but the key may have been revoked since it was read.
      const ended = await tx.apiKey.updateMany({
        where: { id: old.id, rotatedTo: null, revokedAt: null },
        data: { rotatedTo: made.id, ...endOfOverlap(old, input.overlapHours, now) },
      });
      if (ended.count === 0) throw new AppError("conflict", "The key has changed meanwhile.");
      await appendEvent(tx, { type: "api_key.rotated", resource: { type: "api_key", id: old.id } });
      await appendEvent(tx, {
        type: "api_key.created",
        resource: { type: "api_key", id: made.id },
      });
      const previous = await findKey(tx, grant, old.id);
      return {
        apiKey: toApiKey(row, service.name, now),
        key: made.text,
        previous: toApiKey(previous, service.name, now),
      };
    });
  },

  async revoke(grant: Grant<"api_key:revoke">, id: string, now: number) {
    return write(grant, async (tx) => {
      const key = await findKey(tx, grant, id);
      if (key.revokedAt !== null) return { id, revokedAt: iso(key.revokedAt) };
      const revokedAt = new Date(now);
      await tx.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt } });
      await appendEvent(tx, { type: "api_key.revoked", resource: { type: "api_key", id } });
      return { id, revokedAt: iso(revokedAt) };
    });
  },
};

/** A service's key in the scope of the grant. One of the whole tenant is seen in a workspace, and changed from no one. */
async function findKey(tx: ScopedTransaction, grant: Grant, id: string): Promise<KeyRow> {
  const here = grant.workspaceId === TENANT_WIDE ? {} : { AND: { workspaceId: grant.workspaceId } };
  const row = await tx.apiKey.findFirst({ where: { id, user: { kind: "service" }, ...here } });
  if (!row) throw notFound();
  return row;
}

function refuseDisabled(service: { state: string; name: string }): void {
  if (service.state === "active") return;
  throw new AppError("conflict", `The service ${service.name} is disabled; enable it first.`);
}

/** Nothing is put into a key that its service may not do, or that would give others rights. */
function refuseWhatDoesNotFit(
  permissions: readonly Permission[] | undefined,
  roles: readonly string[],
): void {
  for (const permission of permissions ?? []) {
    if (!fitsLimitedKey(permission)) {
      throw invalidField("permissions", `cannot name ${permission}: no limited key may do that`);
    }
    if (!roles.some((role) => roleAllows(Role.parse(role), permission))) {
      throw invalidField(
        "permissions",
        `cannot name ${permission}: none of the service's roles allows it`,
      );
    }
  }
}

/** A rotation may go above the usual number: the old key ends by itself. */
async function refuseTooMany(
  tx: ScopedTransaction,
  userId: string,
  now: number,
  most = MAX_LIVE_KEYS,
): Promise<void> {
  const live = await tx.apiKey.count({
    where: {
      userId,
      revokedAt: null,
      AND: { OR: [{ expiresAt: null }, { expiresAt: { gt: new Date(now) } }] },
    },
    take: most,
  });
  if (live < most) return;
  throw new AppError(
    "conflict",
    `The service has ${most} keys that work; revoke one of them first.`,
  );
}

function refuseUnrotatable(key: KeyRow, now: number): void {
  const state = stateOf(key, now);
  if (state === "active") return;
  const why =
    state === "ending" ? "was rotated already" : state === "revoked" ? "is revoked" : "has ended";
  throw new AppError("conflict", `The key ${why}; create a new one, or rotate its successor.`);
}

/** Without an overlap it is revoked, which does not hang on anybody's clock. */
function endOfOverlap(old: KeyRow, overlapHours: number, now: number) {
  if (overlapHours === 0) return { revokedAt: new Date(now) };
  const end = now + overlapHours * HOUR_MS;
  return { expiresAt: new Date(Math.min(end, old.expiresAt?.getTime() ?? end)) };
}

function stateOf(key: KeyRow, now: number): ApiKey["state"] {
  if (key.revokedAt !== null) return "revoked";
  if (key.expiresAt !== null && key.expiresAt.getTime() <= now) return "ended";
  return key.rotatedTo === null ? "active" : "ending";
}

function toApiKey(row: KeyRow, serviceName: string, now: number): ApiKey {
  return {
    id: row.id,
    serviceId: row.userId,
    serviceName,
    workspaceId: row.workspaceId,
    name: row.name,
    prefix: row.prefix,
    permissions: row.permissions.length === 0 ? null : row.permissions,
    state: stateOf(row, now),
    createdAt: iso(row.createdAt),
    createdBy: row.createdBy,
    expiresAt: isoOrNull(row.expiresAt),
    lastUsedAt: isoOrNull(row.lastUsedAt),
    revokedAt: isoOrNull(row.revokedAt),
    rotatedTo: row.rotatedTo,
  };
}
