import type { VerifiedIdentity } from "@aic-sos/auth/verified-identity";
import { appendEvent } from "@aic-sos/db/append-event";
import { admitIdentity } from "@aic-sos/db/doors";
import type { ScopedTransaction } from "@aic-sos/db/scoped";
import { isLive } from "@aic-sos/policy/principal";
import {
  applyGroupRules,
  lockWhatGroupsAdminister,
  matchingRules,
  readRules,
} from "../../group-bindings.ts";
import { linkPersons } from "../../persons.ts";
import type { SessionLimits } from "../../session-settings.ts";
import { acceptInvitation, openInvitations, refuseToxic } from "./accept-invitation.store.ts";
import { type EmailAuthority, emailAuthority } from "./email-authority.ts";
import { type LoginRefusal, LoginRefused } from "./login-refused.ts";
import type { SessionRow } from "./new-session.ts";
import { isProviderInUse } from "./provider-in-use.store.ts";

export interface Admission {
  readonly tenantId: string;
  readonly identity: VerifiedIdentity;
  /** Of the tenant's own provider that vouches for it; null for the deployment's default one. */
  readonly providerId: string | null;
  /** Of the invitation that the person came with, its secret already checked. */
  readonly invitationId: string | undefined;
  readonly requestId: string;
  readonly now: number;
  readonly newId: () => string;
  readonly session: SessionRow;
  readonly limits: SessionLimits;
}

export const admissionStore = {
  /** Turns a verified identity into a session, or refuses it; either way with an event. */
  async admit(admission: Admission): Promise<void> {
    const refused = await admitIdentity(
      admission.tenantId,
      async (tx): Promise<LoginRefusal | undefined> => {
        const { providerId, identity } = admission;
        const userId = (await isProviderInUse(tx, providerId, identity))
          ? await memberOf(tx, admission)
          : ({ refusal: "provider_changed" } as const);
        if (typeof userId !== "string") {
          await appendEvent(tx, eventOf(userId.refusal, admission));
          return userId.refusal;
        }
        await storeSession(tx, admission, userId);
        return undefined;
      },
      admission.requestId,
    );
    if (refused) throw new LoginRefused(refused);
  },

  /** A login of the tenant that ended at its provider (null: the deployment's), before anybody was known. */
  async noteRefusal(login: {
    tenantId: string;
    providerId: string | null;
    requestId: string;
  }): Promise<void> {
    const { tenantId, providerId, requestId } = login;
    const resource = providerOf(tenantId, providerId);
    await admitIdentity(
      tenantId,
      (tx) => appendEvent(tx, { type: "security.login_refused", resource }),
      requestId,
    );
  },
};

/** What the tenant is told of a refusal. One that its administrators can mend at their provider has a name of its own. */
function eventOf(refusal: LoginRefusal, { tenantId, providerId }: Admission) {
  if (refusal !== "groups_withheld") {
    return { type: "security.login_refused", resource: { type: "tenant", id: tenantId } } as const;
  }
  return { type: "security.groups_withheld", resource: providerOf(tenantId, providerId) } as const;
}

/** The tenant itself where the provider is the deployment's. */
function providerOf(tenantId: string, providerId: string | null) {
  return providerId === null
    ? { type: "tenant", id: tenantId }
    : { type: "identity_provider", id: providerId };
}

/**
 * The user that the identity belongs to, with the roles that its invitations and its groups give today; made where
 * there is none yet. Or why there is none: nothing gives access.
 */
async function memberOf(
  tx: ScopedTransaction,
  admission: Admission,
): Promise<string | { refusal: LoginRefusal }> {
  const { identity, newId } = admission;
  const email = await authorityOf(tx, admission);
  const known = await knownUser(tx, admission, email);
  const wanting = await wantsGroups(tx, identity);
  if (wanting && !(await standsWithoutGroups(tx, known, admission.now))) {
    return { refusal: "groups_withheld" };
  }
  if (await isDisabled(tx, known, email)) return { refusal: "no_access" };
  const invitations = await openInvitations(tx, admission, email);
  if (admission.invitationId !== undefined && invitations.length === 0) {
    return { refusal: email.trusted === null ? "email_not_verified" : "invitation_invalid" };
  }
  if (!known && invitations.length === 0) {
    const rules = matchingRules(await readRules(tx), [identity]);
    if (rules.length === 0) return { refusal: "no_access" };
  }
  const userId = known?.id ?? (await createUser(tx, admission, email));
  await lockWhatGroupsAdminister(tx, [userId]);
  await noteIdentity(tx, admission, userId, wanting ? {} : groupsOfToday(admission));
  await linkByAddress(tx, admission, userId, email);
  for (const invitation of invitations) await acceptInvitation(tx, admission, userId, invitation);
  if (!wanting) await applyGroupRules(tx, [userId], newId);
  return userId;
}

/**
 * Whether groups that the provider did not name would decide something here. Without them each role of a group would be
 * taken, and with those last seen a right might be kept that the provider has taken: so the login is refused to whoever
 * does not stand without them.
 */
async function wantsGroups(
  tx: ScopedTransaction,
  { issuer, groupsWithheld }: VerifiedIdentity,
): Promise<boolean> {
  if (!groupsWithheld) return false;
  const rule = await tx.groupRule.findFirst({
    where: { OR: [{ identityProviderId: null }, { identityProvider: { issuer } }] },
    select: { id: true },
  });
  return rule !== null;
}

/**
 * Whether somebody known has roles, and none of them from a group: a rule for others does not lock them out. They come
 * in with those, and nothing of groups is noted or applied.
 */
async function standsWithoutGroups(
  tx: ScopedTransaction,
  user: { readonly id: string; readonly state: string } | undefined,
  now: number,
): Promise<boolean> {
  if (user?.state !== "active") return false;
  const held = await tx.roleBinding.findMany({
    where: { userId: user.id },
    select: { source: true, expiresAt: true },
  });
  const hasOne = held.some(({ expiresAt }) =>
    isLive({ expiresAt: expiresAt?.getTime() ?? null }, now),
  );
  return hasOne && held.every(({ source }) => source !== "group");
}

async function authorityOf(tx: ScopedTransaction, admission: Admission): Promise<EmailAuthority> {
  const { email } = admission.identity;
  const proved =
    email === null
      ? null
      : await tx.emailDomain.findFirst({
          where: { domain: email.slice(email.lastIndexOf("@") + 1), provedAt: { not: null } },
          select: { identityProviderId: true },
        });
  return emailAuthority(admission.identity, admission.providerId, proved);
}

async function knownUser(tx: ScopedTransaction, admission: Admission, email: EmailAuthority) {
  return (await userOfIdentity(tx, admission)) ?? (await userOfAddress(tx, admission, email));
}

async function userOfIdentity(tx: ScopedTransaction, { identity }: Admission) {
  const known = await tx.identity.findFirst({
    where: { issuer: identity.issuer, subject: identity.subject },
    select: { user: { select: { id: true, state: true } } },
  });
  return known?.user;
}

/**
 * The one user of an address that the provider has authority over, who comes by this provider for the first time. Who
 * has an identity there already is somebody else: providers hand addresses on.
 */
async function userOfAddress(
  tx: ScopedTransaction,
  { identity }: Admission,
  { owned }: EmailAuthority,
) {
  if (owned === null) return undefined;
  const users = await tx.user.findMany({
    where: { email: owned, kind: "user" },
    select: { id: true, state: true, identities: { select: { issuer: true } } },
    take: 2,
  });
  const [user, ...others] = users;
  if (!user || others.length > 0) return undefined;
  return user.identities.some(({ issuer }) => issuer === identity.issuer) ? undefined : user;
}

/**
 * That a user exists does not show: a disabled one gets the answer of a stranger. Nor do they come back as somebody new,
 * by another provider.
 */
async function isDisabled(
  tx: ScopedTransaction,
  known: { readonly state: string } | undefined,
  { trusted }: EmailAuthority,
): Promise<boolean> {
  if (known) return known.state !== "active";
  if (trusted === null) return false;
  const disabled = await tx.user.findFirst({
    where: { email: trusted, kind: "user", state: { not: "active" } },
    select: { id: true },
  });
  return disabled !== null;
}

async function createUser(
  tx: ScopedTransaction,
  { identity, newId }: Admission,
  { trusted }: EmailAuthority,
): Promise<string> {
  const id = newId();
  const displayName = identity.name ?? identity.email ?? "New member";
  await tx.user.create({ data: { id, kind: "user", displayName, email: trusted } });
  return id;
}

interface SeenGroups {
  readonly groups?: string[];
  readonly groupsSeenAt?: Date;
}

function groupsOfToday({ identity, now }: Admission): SeenGroups {
  return { groups: [...identity.groups], groupsSeenAt: new Date(now) };
}

/** Keeps the identity with the groups of today, if any were named: rules that change later are applied to them. */
async function noteIdentity(
  tx: ScopedTransaction,
  { identity, newId }: Admission,
  userId: string,
  seen: SeenGroups,
): Promise<void> {
  const { issuer, subject } = identity;
  const { count } = await tx.identity.updateMany({ where: { issuer, subject }, data: seen });
  if (count > 0) return;
  const id = newId();
  await tx.identity.create({ data: { id, userId, issuer, subject, ...seen } });
  await appendEvent(tx, {
    type: "identity.attached",
    resource: { type: "identity", id },
    actor: { id: userId, kind: "user", authentication: "session" },
  });
}

/** One verified address, one person. Where that would join roles that must not meet, an event says so instead. */
async function linkByAddress(
  tx: ScopedTransaction,
  { newId }: Admission,
  userId: string,
  { trusted }: EmailAuthority,
): Promise<void> {
  if (trusted === null) return;
  const same = await tx.user.findMany({
    where: { email: trusted, kind: "user", id: { not: userId } },
    select: { id: true },
    take: 20,
  });
  if (same.length === 0) return;
  const linked = await linkPersons(tx, [userId, ...same.map(({ id }) => id)], newId);
  if ("toxic" in linked) await refuseToxic(tx, userId, null);
}

async function storeSession(
  tx: ScopedTransaction,
  { identity, session, limits, now }: Admission,
  userId: string,
): Promise<void> {
  await tx.user.updateMany({ where: { id: userId }, data: { lastSeenAt: new Date(now) } });
  await tx.session.create({
    data: {
      ...session,
      userId,
      lastSeenAt: new Date(now),
      idleExpiresAt: new Date(now + limits.idleMs),
      absoluteExpiresAt: new Date(now + limits.absoluteMs),
      issuer: identity.issuer,
      providerSessionId: identity.sid,
    },
  });
  await appendEvent(tx, {
    type: "session.created",
    resource: { type: "session", id: session.id },
    actor: { id: userId, kind: "user", authentication: "session" },
  });
}
