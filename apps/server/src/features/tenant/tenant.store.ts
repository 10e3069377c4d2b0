import type { CreateTenant, IssuedInvitation, Tenant } from "@aic-sos/contract/tenants";
import { makeId } from "@aic-sos/contract/ids";
import { slugOf } from "@aic-sos/contract/text";
import { appendEvent } from "@aic-sos/db/append-event";
import { foundTenant } from "@aic-sos/db/doors";
import { UniqueViolation } from "@aic-sos/db/errors";
import { newId } from "@aic-sos/db/ids";
import { readTenantsOfCell } from "@aic-sos/db/tenants-of-cell";
import { read, type ScopedTransaction, write } from "@aic-sos/db/scoped";
import type { Grant } from "@aic-sos/policy/grant";
import { AppError, invalidField, notFound } from "../../app-error.ts";
import { type NewInvitation, newInvitation } from "../../invitations.ts";
import { beforeId, iso, toPage } from "../../page.ts";
import type { RequestContext } from "../../trpc/context.ts";

/** The latest time that an id can carry. */
const LAST_MOMENT = 2 ** 48 - 1;

type Granted<G extends Grant> = RequestContext & { readonly grant: G };

interface TenantRow {
  id: string;
  name: string;
  slug: string;
  region: string;
  state: string;
  createdAt: Date;
}

export const tenantStore = {
  /** One transaction: the tenant, its first administrator's invitation, and their events. */
  async create({ grant, deps }: Granted<Grant<"tenant:create">>, input: CreateTenant) {
    const slug = input.slug ?? slugOf(input.name);
    if (slug === "") throw invalidField("slug", "is needed, since none can be made from this name");
    const tenantId = newId(grant);
    const invitation = await newInvitation(deps, grant.cell, tenantId);
    const email = input.adminEmail ?? null;
    try {
      return await foundTenant(grant, tenantId, async (tx) => {
        const row = await tx.tenant.create({
          data: { id: tenantId, name: input.name, slug, region: grant.region },
        });
        await appendEvent(tx, {
          type: "tenant.created",
          resource: { type: "tenant", id: tenantId },
        });
        return { tenant: toTenant(row), invitation: await storeInvitation(tx, invitation, email) };
      });
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
      throw new AppError("already_exists", `The slug ${slug} is taken; give another one.`, {
        errors: [{ field: "slug", message: "is taken" }],
      });
    }
  },

  /** Of one cell after the other, the newest first: the cursor's id says which. */
  async list(
    { grant, deps }: Granted<Grant<"tenant:list">>,
    { cursor, limit }: { cursor?: string | undefined; limit: number },
  ) {
    const before = beforeId(cursor).id?.lt ?? null;
    const rows = await readTenantsOfCell(grant, { before, limit: limit + 1 });
    const page = toPage(rows, limit, toTenant, (row) => row.id);
    return { ...page, nextCursor: page.nextCursor ?? earlierCell(deps.cells, grant) };
  },

  async read(grant: Grant<"tenant:read">): Promise<Tenant> {
    const row = await read(grant, (db) => db.tenant.findFirst({ where: { id: grant.tenantId } }));
    if (!row) throw notFound();
    return toTenant(row);
  },

  /** Replaces the open invitations of a tenant that nobody has entered yet. */
  async inviteAdministrator(
    { grant, deps }: Granted<Grant<"administrator:invite">>,
    input: { email?: string | undefined },
  ) {
    const invitation = await newInvitation(deps, grant.cell, grant.tenantId);
    return write(grant, async (tx) => {
      if (!(await tx.tenant.findFirst({ where: { id: grant.tenantId } }))) throw notFound();
      // First, for it waits for whoever is accepting one, and then sees them.
      await tx.invitation.updateMany({
        where: { acceptedAt: null, revokedAt: null },
        data: { revokedAt: new Date(deps.now()) },
      });
      if (await tx.user.findFirst({ where: { kind: "user" }, select: { id: true } })) {
        throw new AppError(
          "forbidden",
          "The tenant has members; one of its administrators can invite more.",
          {
            reason: "tenant_has_members",
            decisionId: grant.decisionId,
          },
        );
      }
      return storeInvitation(tx, invitation, input.email ?? null);
    });
  },
};

/** Where the tenants of the region's cell before this one begin: the highest id of that cell. Null after the first. */
function earlierCell(
  cells: readonly { code: number; region: string }[],
  { cell, region }: Grant,
): string | null {
  const codes = cells.filter((served) => served.region === region).map(({ code }) => code);
  const earlier = codes[codes.indexOf(cell) - 1];
  return earlier === undefined ? null : makeId(earlier, LAST_MOMENT, new Uint8Array(8).fill(0xff));
}

async function storeInvitation(
  tx: ScopedTransaction,
  { id, url, secretHash, expiresAt }: NewInvitation,
  email: string | null,
): Promise<IssuedInvitation> {
  await tx.invitation.create({
    data: { id, email, role: "WorkspaceAdmin", secretHash, expiresAt },
  });
  await appendEvent(tx, { type: "administrator.invited", resource: { type: "invitation", id } });
  return { id, url, email, expiresAt: iso(expiresAt) };
}

function toTenant(row: TenantRow): Tenant {
  const { id, name, slug, region } = row;
  const state = row.state === "offboarded" ? "offboarded" : "active";
  return { id, name, slug, region, state, createdAt: iso(row.createdAt) };
}
