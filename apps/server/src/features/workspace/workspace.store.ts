import { DataMode } from "@aic-sos/contract/data-modes";
import type { CreateWorkspace, Workspace } from "@aic-sos/contract/workspaces";
import { appendEvent } from "@aic-sos/db/append-event";
import { ReferenceViolation, UniqueViolation } from "@aic-sos/db/errors";
import { newId } from "@aic-sos/db/ids";
import { read, write } from "@aic-sos/db/scoped";
import type { Grant } from "@aic-sos/policy/grant";
import type { Principal } from "@aic-sos/policy/principal";
import { AppError, invalidField, notFound } from "../../app-error.ts";
import { beforeId, iso, rowsFor, toPage } from "../../page.ts";

interface WorkspaceRow {
  id: string;
  tenantId: string;
  name: string;
  region: string;
  dataPersistenceMode: string;
  createdAt: Date;
}

export const workspaceStore = {
  /** Platform administrators may make one only while the tenant has no member. */
  async create(grant: Grant<"workspace:create">, input: CreateWorkspace): Promise<Workspace> {
    if (input.region !== grant.region) {
      throw invalidField("region", `${input.region} is not the tenant's region`, [grant.region]);
    }
    try {
      return await write(grant, async (tx) => {
        if (grant.principalKind === "platform") {
          const member = await tx.user.findFirst({ where: { kind: "user" }, select: { id: true } });
          if (member) {
            throw new AppError(
              "forbidden",
              "The tenant has members; one of its administrators can do this.",
              {
                reason: "tenant_has_members",
                decisionId: grant.decisionId,
              },
            );
          }
        }
        const id = newId(grant);
        const row = await tx.workspace.create({
          data: { id, name: input.name, region: grant.region },
        });
        await appendEvent(tx, {
          type: "workspace.created",
          resource: { type: "workspace", id },
          workspaceId: id,
        });
        return toWorkspace(row);
      });
    } catch (error) {
      if (error instanceof ReferenceViolation) throw notFound();
      if (!(error instanceof UniqueViolation)) throw error;
      throw new AppError(
        "already_exists",
        `The tenant has a workspace named ${input.name} already.`,
        {
          errors: [{ field: "name", message: "is taken" }],
        },
      );
    }
  },

  /** All of the tenant's for a tenant-wide role, else those in which the principal has one. */
  async list(
    grant: Grant<"workspace:list">,
    principal: Principal,
    page: { limit: number; cursor?: string | undefined },
    now: number,
  ) {
    const { credentialWorkspaceId: bound } = principal;
    const named = principal.bindings
      .filter(({ expiresAt }) => expiresAt === null || expiresAt > now)
      .map((binding) => binding.workspaceId);
    const wide = named.includes(null);
    const own = named.filter((id) => id !== null);
    // A key that is bound to a workspace knows of no other.
    const ids = bound === null ? own : wide || own.includes(bound) ? [bound] : [];
    const only = wide && bound === null ? {} : { AND: { id: { in: ids } } };
    const rows = await read(grant, (db) =>
      db.workspace.findMany({
        where: { ...beforeId(page.cursor), ...only },
        orderBy: { id: "desc" },
        take: rowsFor(page),
      }),
    );
    return toPage(rows, page.limit, toWorkspace, (row) => row.id);
  },

  async read(grant: Grant<"workspace:read">, id: string): Promise<Workspace> {
    const row = await read(grant, (db) => db.workspace.findFirst({ where: { id } }));
    if (!row) throw notFound();
    return toWorkspace(row);
  },

  async updateDataMode(
    grant: Grant<"data_mode:update">,
    input: { workspaceId: string; dataPersistenceMode: DataMode },
    digest: (value: string) => string,
  ): Promise<Workspace> {
    const { workspaceId: id, dataPersistenceMode } = input;
    return write(grant, async (tx) => {
      const before = await tx.workspace.findFirst({ where: { id } });
      if (!before) throw notFound();
      const after = await tx.workspace.update({ where: { id }, data: { dataPersistenceMode } });
      await appendEvent(tx, {
        type: "data_mode.updated",
        resource: { type: "workspace", id },
        changes: [
          {
            field: "dataPersistenceMode",
            before: digest(before.dataPersistenceMode),
            after: digest(after.dataPersistenceMode),
          },
        ],
      });
      return toWorkspace(after);
    });
  },
};

function toWorkspace(row: WorkspaceRow): Workspace {
  const { id, tenantId, name, region } = row;
  const settings = { dataPersistenceMode: DataMode.parse(row.dataPersistenceMode) };
  return { id, tenantId, name, region, settings, createdAt: iso(row.createdAt) };
}
