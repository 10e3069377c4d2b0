/**
 * The doors without a grant: everything else goes through `read` and `write`. A test counts who calls them.
 */
import { cellOf, platformTenantId } from "@aic-sos/contract/ids";
import { assertGrant, type Grant } from "@aic-sos/policy/grant";
import { cellByCode } from "./cells.ts";
import {
  type CredentialKind,
  type FoundCredential,
  lookUpCredential,
} from "./credential-lookup.ts";
import { type CredentialUse, writeUses } from "./credential-uses.ts";
import { type FoundFamily, lookUpFamily } from "./family-lookup.ts";
import { originOfGrant, rememberOrigin, withEvents } from "./event-origin.ts";
import { forgetIntent, underIntent } from "./idempotency.ts";
import { type LoginTenant, lookUpLogin } from "./login-lookup.ts";
import { runInTransaction } from "./passages.ts";
import { keepReceipt } from "./receipts.ts";
import { homeScope, scopeOf, tenantScope } from "./scope.ts";
import type { ScopedTransaction } from "./scoped-client.ts";
import { type FoundService, lookUpService } from "./service-lookup.ts";
import { type JobTransaction, runSystemJob } from "./system-jobs.ts";

export type { CredentialKind, FoundCredential } from "./credential-lookup.ts";
export type { CredentialUse } from "./credential-uses.ts";
export type { LoginProvider, LoginTenant } from "./login-lookup.ts";
export type { FoundService } from "./service-lookup.ts";
export type { JobTransaction, ProviderSession } from "./system-jobs.ts";

/**
 * Who calls: the server's step *authenticate*, before a principal exists.
 *
 * Looks a credential up within the tenant that it claims, in one round trip. The claim is untrusted until the secret is
 * compared with `secretHash`, in constant time. A revoked or ended credential is found: its principal's
 * `credentialExpiresAt` is in the past, so that the denial can say so. A service is found by its name, with the CAs of
 * its tenant: the claim is untrusted until its certificate is verified under one of them. A family of refresh tokens is
 * looked up once the signature of its access token was verified.
 * @returns undefined when there is none in that tenant. Throws CellUnavailable
 */
export function credentialLookup(
  claimedTenantId: string,
  kind: "service",
  serviceName: string,
): Promise<FoundService | undefined>;
export function credentialLookup(
  claimedTenantId: string,
  kind: "refresh_family",
  familyId: string,
): Promise<FoundFamily | undefined>;
export function credentialLookup(
  claimedTenantId: string,
  kind: CredentialKind,
  credentialId: string,
): Promise<FoundCredential | undefined>;
export function credentialLookup(
  claimedTenantId: string,
  kind: CredentialKind | "service" | "refresh_family",
  id: string,
): Promise<FoundCredential | FoundService | FoundFamily | undefined> {
  if (kind === "service") return lookUpService(claimedTenantId, id);
  if (kind === "refresh_family") return lookUpFamily(claimedTenantId, id);
  return lookUpCredential(claimedTenantId, kind, id);
}

/**
 * Who calls: the server's job that notes, some seconds later and all together, which verified credentials were used;
 * each at most once a minute. A session then lives on for `idleSeconds` from its use, never beyond its absolute end.
 */
export function noteUses(
  tenantId: string,
  uses: readonly CredentialUse[],
  idleSeconds: number,
): Promise<void> {
  return writeUses(tenantId, uses, idleSeconds);
}

/**
 * Who calls: the login page, before anybody is known.
 *
 * The active tenants of a slug (one at most) or of a proved email domain (perhaps several), with nothing but what a
 * login needs. Never the reserved tenant.
 */
export function loginLookup(
  cell: number,
  by: { readonly slug: string } | { readonly domain: string },
): Promise<readonly LoginTenant[]> {
  return lookUpLogin(cell, by);
}

/**
 * Who calls: the procedure that creates a tenant.
 *
 * One transaction: it begins in the platform's scope (where its idempotency key lives), then enters the new tenant's, in
 * which `fn` writes the tenant's own row and everything else; events go to the new tenant's chain. Dies half-way:
 * nothing is left, and it can be repeated. Throws what `write` throws.
 */
export async function foundTenant<T>(
  grant: Grant<"tenant:create">,
  newTenantId: string,
  fn: (tx: ScopedTransaction) => Promise<T>,
): Promise<T> {
  assertGrant(grant);
  if (cellOf(newTenantId) !== grant.cell || newTenantId === platformTenantId(grant.cell)) {
    throw new TypeError("a new tenant's id lives in the grant's cell");
  }
  const scope = { ...scopeOf(grant, false), tenantId: newTenantId, workspaceId: "*" };
  const origin = { ...originOfGrant(grant), tenantId: newTenantId };
  const { prisma } = cellByCode(grant.cell);
  const { answer, appended } = await runInTransaction(
    prisma,
    homeScope(grant, false),
    "transaction",
    (tx, inScope) =>
      withEvents((events) =>
        underIntent(tx, grant, async (enter) => {
          await enter(scope);
          return fn(rememberOrigin(inScope(scope), { tx, origin, appended: events }));
        }),
      ),
  );
  forgetIntent(grant);
  keepReceipt(grant, appended);
  return answer;
}

/**
 * Who calls: login (the provider's callback, and accepting an invitation), once the identity is verified; back-channel
 * logout, once the provider's token is; and the server's start, which makes the platform administrator of the configured key.
 *
 * One transaction in the tenant's scope, without a principal: `fn` finds or makes the user and the session, and appends
 * the audit event with the actor it found. Unless it names one, events say `unauthenticated`.
 */
export function admitIdentity<T>(
  tenantId: string,
  fn: (tx: ScopedTransaction) => Promise<T>,
  requestId: string | null = null,
): Promise<T> {
  const cell = cellByCode(cellOf(tenantId));
  const scope = tenantScope(tenantId, false);
  const origin = {
    cell: cell.code,
    region: cell.region,
    tenantId,
    workspaceId: null,
    actor: { id: "unauthenticated", kind: "unauthenticated", authentication: "none" },
    permission: null,
    decisionId: null,
    requestId,
  } as const;
  return runInTransaction(cell.prisma, scope, "transaction", (tx, inScope) =>
    fn(rememberOrigin(inScope(scope), { tx, origin, appended: [] })),
  );
}

/**
 * Who calls: `apps/server/src/jobs`; and back-channel logout, which has to find the tenants of a provider's session.
 *
 * One transaction as role `aic_jobs`, over all tenants of a cell; it can do what `JobTransaction` lists and no more.
 * @param name the job's, for the log and for the actor `system:<name>` of its events
 */
export function systemJob<T>(
  name: string,
  cell: number,
  fn: (job: JobTransaction) => Promise<T>,
): Promise<T> {
  return runSystemJob(name, cell, fn);
}
