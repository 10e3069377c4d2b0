import { appendEvent } from "@aic-sos/db/append-event";
import { admitIdentity, loginLookup, type LoginTenant } from "@aic-sos/db/doors";
import { write } from "@aic-sos/db/scoped";
import type { Grant } from "@aic-sos/policy/grant";
import { AppError } from "../../app-error.ts";

export type { LoginTenant };

/** What ending a session at the provider, too, needs: the sealed ID token as the hint, and whose token it is. */
export interface EndedHere {
  readonly id: string;
  readonly hint: Uint8Array | null;
  readonly issuer: string | null;
}

/** What a login needs of a tenant's own provider. */
export const PROVIDER_FIELDS = {
  id: true,
  name: true,
  issuer: true,
  clientId: true,
  clientSecretSealed: true,
  scopes: true,
  claimNames: true,
} as const;

export const sessionStore = {
  /** The active tenants of a slug (one at most) or of a proved email domain in one cell. */
  findLoginTenants(
    cell: number,
    by: { slug: string } | { domain: string },
  ): Promise<readonly LoginTenant[]> {
    return loginLookup(cell, by);
  },

  /** The tenant with its own OpenID providers, before anybody is known. */
  async readLoginTenant(tenantId: string) {
    return admitIdentity(tenantId, (tx) =>
      tx.tenant.findFirst({
        select: {
          state: true,
          slug: true,
          region: true,
          identityProviders: {
            where: { state: "active" },
            select: PROVIDER_FIELDS,
            orderBy: { id: "asc" },
          },
        },
      }),
    );
  },

  async findInvitation(
    tenantId: string,
    id: string,
  ): Promise<{ secretHash: Uint8Array } | undefined> {
    const row = await admitIdentity(tenantId, (tx) =>
      tx.invitation.findFirst({ where: { id }, select: { secretHash: true } }),
    );
    return row ?? undefined;
  },

  /** Ends the principal's own session. */
  async end(grant: Grant<"self:manage">, id: string, now: number): Promise<EndedHere> {
    return write(grant, async (tx) => {
      const own = { id, userId: grant.principalId, revokedAt: null };
      const row = await tx.session.findFirst({
        where: own,
        select: { idTokenHintSealed: true, issuer: true },
      });
      if (!row) throw new AppError("conflict", "Only a session of the console can be ended here.");
      await tx.session.updateMany({ where: own, data: { revokedAt: new Date(now) } });
      await appendEvent(tx, { type: "session.ended", resource: { type: "session", id } });
      return { id, hint: row.idTokenHintSealed, issuer: row.issuer };
    });
  },
};
