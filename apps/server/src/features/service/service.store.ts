import { Role } from "@aic-sos/contract/roles";
import type { CreateService, Service } from "@aic-sos/contract/services";
import { appendEvent, appendEvents } from "@aic-sos/db/append-event";
import { UniqueViolation } from "@aic-sos/db/errors";
import { newId } from "@aic-sos/db/ids";
import { read, write } from "@aic-sos/db/scoped";
import { type Grant, TENANT_WIDE, workspaceOf } from "@aic-sos/policy/grant";
import { toxicPair } from "@aic-sos/policy/separation-of-duties";
import type { z } from "zod";
import { AppError } from "../../app-error.ts";
import { beforeId, iso, isoOrNull, rowsFor, toPage } from "../../page.ts";
import { roleEvent } from "../../role-event.ts";
import { lockService } from "../../service-home.ts";

interface ServiceRow {
  id: string;
  serviceName: string | null;
  displayName: string;
  state: string;
  lastSeenAt: Date | null;
  createdAt: Date;
  roleBindingsAsUser: {
    id: string;
    role: string;
    workspaceId: string | null;
    expiresAt: Date | null;
  }[];
  apiKeysAsUser: { expiresAt: Date | null }[];
}

export const serviceStore = {
  /** Makes a service with roles in the scope of the grant: nobody gives rights beyond what they administer. */
  async create(
    grant: Grant<"service:create">,
    input: z.output<typeof CreateService>,
  ): Promise<Service> {
    const roles = [...new Set(input.roles)];
    refuseToxicPair(roles);
    const workspaceId = workspaceOf(grant);
    try {
      return await write(grant, async (tx) => {
        const id = newId(grant);
        const row = await tx.user.create({
          data: { id, kind: "service", displayName: input.name, serviceName: input.name },
        });
        await appendEvent(tx, { type: "service.created", resource: { type: "service", id } });
        const bindings = roles.map((role) => ({
          id: newId(grant),
          userId: id,
          role,
          workspaceId,
          source: "manual",
          createdBy: grant.principalId,
        }));
        await tx.roleBinding.createMany({ data: bindings });
        await appendEvents(
          tx,
          bindings.map((binding) => roleEvent("role.granted", binding)),
        );
        const roleBindingsAsUser = bindings.map((binding) => ({ ...binding, expiresAt: null }));
        return toService({ ...row, roleBindingsAsUser, apiKeysAsUser: [] });
      });
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
      throw new AppError(
        "already_exists",
        `The tenant has, or had, a service named ${input.name}.`,
        { errors: [{ field: "name", message: "is taken" }] },
      );
    }
  },

  /** The services with a role here; seen from a workspace, with their roles there and tenant-wide. */
  async list(
    grant: Grant<"service:read">,
    page: { limit: number; cursor?: string | undefined },
    now: number,
  ) {
    const wide = grant.workspaceId === TENANT_WIDE;
    const here = wide ? {} : { OR: [{ workspaceId: grant.workspaceId }, { workspaceId: null }] };
    const rows = await read(grant, (db) =>
      db.user.findMany({
        where: {
          kind: "service",
          ...beforeId(page.cursor),
          ...(wide ? {} : { roleBindingsAsUser: { some: here } }),
        },
        include: {
          roleBindingsAsUser: { where: here, orderBy: { id: "asc" } },
          apiKeysAsUser: {
            where: {
              revokedAt: null,
              OR: [{ expiresAt: null }, { expiresAt: { gt: new Date(now) } }],
            },
            select: { expiresAt: true },
          },
        },
        orderBy: { id: "desc" },
        take: rowsFor(page),
      }),
    );
    return toPage(rows, page.limit, toService, (row) => row.id);
  },

  /** Its keys stay as they are, and are refused as long as it is disabled. */
  async disable(grant: Grant<"service:disable">, id: string, now: number) {
    return write(grant, async (tx) => {
      const { state } = await lockService(tx, grant, id);
      if (state === "active") {
        await tx.user.update({
          where: { id },
          data: { state: "disabled", disabledAt: new Date(now) },
        });
        await appendEvent(tx, { type: "service.disabled", resource: { type: "service", id } });
      }
      return { id, state: "disabled" as const };
    });
  },

  async enable(grant: Grant<"service:enable">, id: string) {
    return write(grant, async (tx) => {
      const { state } = await lockService(tx, grant, id);
      if (state !== "active") {
        await tx.user.update({ where: { id }, data: { state: "active", disabledAt: null } });
        await appendEvent(tx, { type: "service.enabled", resource: { type: "service", id } });
      }
      return { id, state: "active" as const };
    });
  },
};

function refuseToxicPair(roles: readonly Role[]): void {
  for (const [at, role] of roles.entries()) {
    const pair = toxicPair(roles.slice(0, at), role);
    if (!pair) continue;
    throw new AppError("conflict", `${pair[0]} and ${pair[1]} must not meet in one service.`, {
      errors: [{ field: "roles", message: `cannot hold both ${pair[0]} and ${pair[1]}` }],
    });
  }
}

function toService(row: ServiceRow): Service {
  const ends = row.apiKeysAsUser.map((key) => key.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY);
  const last = Math.max(...ends);
  return {
    id: row.id,
    name: row.serviceName ?? row.displayName,
    state: row.state === "active" ? "active" : "disabled",
    bindings: row.roleBindingsAsUser.map((binding) => ({
      id: binding.id,
      role: Role.parse(binding.role),
      workspaceId: binding.workspaceId,
      expiresAt: isoOrNull(binding.expiresAt),
    })),
    liveKeys: ends.length,
    keysEndAt: Number.isFinite(last) ? iso(new Date(last)) : null,
    lastUsedAt: isoOrNull(row.lastSeenAt),
    createdAt: iso(row.createdAt),
  };
}
