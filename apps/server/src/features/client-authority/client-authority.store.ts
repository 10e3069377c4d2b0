import type { ClientAuthorityFacts } from "@aic-sos/auth/client-authority";
import { type ClientAuthority, MAX_CLIENT_AUTHORITIES } from "@aic-sos/contract/client-authorities";
import { appendEvent } from "@aic-sos/db/append-event";
import { UniqueViolation } from "@aic-sos/db/errors";
import { newId } from "@aic-sos/db/ids";
import { read, write } from "@aic-sos/db/scoped";
import type { Grant } from "@aic-sos/policy/grant";
import { AppError, notFound } from "../../app-error.ts";
import { limitRows } from "../../limit-rows.ts";
import { beforeId, iso, isoOrNull, rowsFor, toPage } from "../../page.ts";

export const clientAuthorityStore = {
  /** Throws `already_exists` for one that the tenant has, `conflict` where it has too many. */
  async register(
    grant: Grant<"client_authority:register">,
    name: string,
    { pem, fingerprint, subject, notAfter }: ClientAuthorityFacts,
  ): Promise<ClientAuthority> {
    try {
      return await write(grant, async (tx) => {
        await limitRows(tx, { what: "CAs", most: MAX_CLIENT_AUTHORITIES }, (take) =>
          tx.clientAuthority.count({ take }),
        );
        const row = await tx.clientAuthority.create({
          data: {
            id: newId(grant),
            name,
            certificatePem: pem,
            fingerprint,
            subject,
            notAfter: new Date(notAfter),
            createdBy: grant.principalId,
          },
        });
        await appendEvent(tx, {
          type: "client_authority.registered",
          resource: resourceOf(row.id),
        });
        return toAuthority(row);
      });
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
      throw new AppError("already_exists", "The tenant has registered this certificate already.", {
        errors: [{ field: "certificatePem", message: "is registered" }],
      });
    }
  },

  async list(
    grant: Grant<"client_authority:read">,
    page: { limit: number; cursor?: string | undefined },
  ) {
    const rows = await read(grant, (db) =>
      db.clientAuthority.findMany({
        where: beforeId(page.cursor),
        orderBy: { id: "desc" },
        take: rowsFor(page),
      }),
    );
    return toPage(rows, page.limit, toAuthority, (row) => row.id);
  },

  /** The database raises the epoch of the tenant's services with it, so it counts at their next request. */
  async remove(grant: Grant<"client_authority:remove">, id: string) {
    return write(grant, async (tx) => {
      const row = await tx.clientAuthority.findFirst({ where: { id }, select: { id: true } });
      if (!row) throw notFound();
      await tx.clientAuthority.delete({ where: { id } });
      await appendEvent(tx, { type: "client_authority.removed", resource: resourceOf(id) });
      return { id };
    });
  },
};

function resourceOf(id: string) {
  return { type: "client_authority", id };
}

interface Row {
  id: string;
  name: string;
  subject: string;
  fingerprint: string;
  notAfter: Date;
  lastUsedAt: Date | null;
  createdAt: Date;
  createdBy: string;
}

function toAuthority(row: Row): ClientAuthority {
  return {
    id: row.id,
    name: row.name,
    subject: row.subject,
    fingerprint: row.fingerprint,
    notAfter: iso(row.notAfter),
    lastUsedAt: isoOrNull(row.lastUsedAt),
    createdAt: iso(row.createdAt),
    createdBy: row.createdBy,
  };
}
