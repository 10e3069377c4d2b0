import { type EmailDomain, MAX_EMAIL_DOMAINS } from "@aic-sos/contract/email-domains";
import { appendEvent } from "@aic-sos/db/append-event";
import { ReferenceViolation } from "@aic-sos/db/errors";
import { forgetIntent } from "@aic-sos/db/idempotency";
import { newId } from "@aic-sos/db/ids";
import { read, write } from "@aic-sos/db/scoped";
import type { Grant } from "@aic-sos/policy/grant";
import { notFound } from "../../app-error.ts";
import { wholeRow } from "../../change-digest.ts";
import { limitRows } from "../../limit-rows.ts";
import { beforeId, iso, isoOrNull, rowsFor, toPage } from "../../page.ts";
import { recordOf } from "./challenge.ts";

export const emailDomainStore = {
  async list(
    grant: Grant<"email_domain:read">,
    page: { limit: number; cursor?: string | undefined },
  ) {
    const rows = await read(grant, (db) =>
      db.emailDomain.findMany({
        where: beforeId(page.cursor),
        orderBy: { id: "desc" },
        take: rowsFor(page),
      }),
    );
    return toPage(rows, page.limit, toDomain, (row) => row.id);
  },

  async create(
    grant: Grant<"email_domain:create">,
    input: { domain: string; identityProviderId?: string | undefined },
    { challenge, digest }: { challenge: string; digest: (value: string) => string },
  ): Promise<EmailDomain> {
    const { domain, identityProviderId = null } = input;
    try {
      return await write(grant, async (tx) => {
        await limitRows(tx, { what: "email domains", most: MAX_EMAIL_DOMAINS }, (take) =>
          tx.emailDomain.count({ take }),
        );
        const row = await tx.emailDomain.create({
          data: { id: newId(grant), domain, challenge, identityProviderId },
        });
        await appendEvent(tx, {
          type: "email_domain.created",
          resource: resourceOf(row.id),
          changes: wholeRow("after", { domain, identityProviderId }, digest),
        });
        return toDomain(row);
      });
    } catch (error) {
      if (!(error instanceof ReferenceViolation)) throw error;
      throw notFound();
    }
  },

  /** What to ask the DNS for. Throws `not_found`. */
  async find(grant: Grant<"email_domain:prove">, id: string) {
    const row = await read(grant, (db) =>
      db.emailDomain.findFirst({ where: { id }, select: { domain: true, challenge: true } }),
    );
    if (!row) throw notFound();
    return row;
  },

  /** Keeps what the DNS said. A proof that is gone is gone: the domain then leads nobody here. */
  async noteCheck(
    grant: Grant<"email_domain:prove">,
    id: string,
    proved: boolean,
    now: number,
  ): Promise<EmailDomain> {
    // The procedure fails then: what failed is not kept under an idempotency key, and is tried anew by the next.
    if (!proved) forgetIntent(grant);
    return write(grant, async (tx) => {
      const at = new Date(now);
      const before = await tx.emailDomain.findFirst({ where: { id }, select: { provedAt: true } });
      if (!before) throw notFound();
      const provedAt = proved ? (before.provedAt ?? at) : null;
      const row = await tx.emailDomain.update({
        where: { id },
        data: { checkedAt: at, provedAt },
      });
      if (proved) {
        await appendEvent(tx, { type: "email_domain.proved", resource: resourceOf(id) });
      } else if (before.provedAt !== null) {
        await appendEvent(tx, { type: "email_domain.lost", resource: resourceOf(id) });
      }
      return toDomain(row);
    });
  },

  async remove(
    grant: Grant<"email_domain:remove">,
    id: string,
    digest: (value: string) => string,
  ): Promise<{ id: string }> {
    return write(grant, async (tx) => {
      const row = await tx.emailDomain.findFirst({
        where: { id },
        select: { domain: true, identityProviderId: true },
      });
      if (!row) throw notFound();
      await tx.emailDomain.delete({ where: { id } });
      await appendEvent(tx, {
        type: "email_domain.removed",
        resource: resourceOf(id),
        changes: wholeRow("before", row, digest),
      });
      return { id };
    });
  },
};

function resourceOf(id: string) {
  return { type: "email_domain", id };
}

function toDomain(row: {
  id: string;
  domain: string;
  challenge: string;
  provedAt: Date | null;
  checkedAt: Date | null;
  identityProviderId: string | null;
  createdAt: Date;
}): EmailDomain {
  const { id, domain, identityProviderId } = row;
  return {
    id,
    domain,
    record: recordOf(domain, row.challenge),
    provedAt: isoOrNull(row.provedAt),
    checkedAt: isoOrNull(row.checkedAt),
    identityProviderId,
    createdAt: iso(row.createdAt),
  };
}
