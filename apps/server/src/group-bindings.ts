import { Role } from "@aic-sos/contract/roles";
import { appendEvents } from "@aic-sos/db/append-event";
import { lockRolesOfPersons } from "@aic-sos/db/roles-of-persons";
import type { ScopedTransaction } from "@aic-sos/db/scoped";
import { toxicPair } from "@aic-sos/policy/separation-of-duties";
import { roleEvent } from "./role-event.ts";

/** What became of the rules for some users. */
export interface GroupChange {
  readonly given: number;
  readonly taken: number;
  /** Bindings that a toxic pair forbids; each is a security event. */
  readonly refused: number;
}

interface Rule {
  readonly id: string;
  readonly groupName: string;
  readonly role: string;
  readonly roleWorkspaceId: string | null;
  /** Null: the groups of every provider count. */
  readonly identityProvider: { readonly issuer: string } | null;
}

interface Identity {
  readonly issuer: string;
  readonly groups: readonly string[];
}

/** The rules that hold for somebody with these identities. */
export function matchingRules<R extends Rule>(
  rules: readonly R[],
  identities: readonly Identity[],
): R[] {
  return rules.filter((rule) =>
    identities.some(
      ({ issuer, groups }) =>
        groups.includes(rule.groupName) &&
        (rule.identityProvider === null || rule.identityProvider.issuer === issuer),
    ),
  );
}

/** Every rule of the tenant. */
export function readRules(tx: ScopedTransaction) {
  return tx.groupRule.findMany({
    select: {
      id: true,
      groupName: true,
      role: true,
      roleWorkspaceId: true,
      identityProvider: { select: { issuer: true } },
    },
    orderBy: { id: "asc" },
  });
}

/**
 * Gives users the roles that the rules of their tenant give their groups as last seen, and takes those that no rule
 * gives any more, in the caller's transaction, each with its event. Needs a tenant-wide scope.
 */
export async function applyGroupRules(
  tx: ScopedTransaction,
  userIds: readonly string[],
  newId: () => string,
): Promise<GroupChange> {
  if (userIds.length === 0) return { given: 0, taken: 0, refused: 0 };
  // First of all, so that what is read below is what no other change is about to alter.
  await lockRolesOfPersons(tx, userIds);
  const ofThem = { userId: { in: [...userIds] } };
  const rules = await readRules(tx);
  const identities = Map.groupBy(
    await tx.identity.findMany({
      where: { ...ofThem, issuer: { notIn: await disabledIssuers(tx) } },
      select: { userId: true, issuer: true, groups: true },
    }),
    ({ userId }) => userId,
  );
  const present = await tx.roleBinding.findMany({
    where: { ...ofThem, source: "group" },
    select: { id: true, userId: true, role: true, groupRuleId: true, workspaceId: true },
  });
  const wanted = userIds.flatMap((userId) =>
    matchingRules(rules, identities.get(userId) ?? []).map((rule) => ({ userId, rule })),
  );
  const due = new Set(wanted.map(({ userId, rule }) => keyOf(userId, rule.id)));
  const there = new Set(present.map(({ userId, groupRuleId }) => keyOf(userId, groupRuleId)));
  const gone = present.filter(({ userId, groupRuleId }) => !due.has(keyOf(userId, groupRuleId)));
  const missing = wanted.filter(({ userId, rule }) => !there.has(keyOf(userId, rule.id)));
  await takeAll(tx, gone);
  const given = await giveAll(tx, missing, newId);
  return { given, taken: gone.length, refused: missing.length - given };
}

/** A rule gives somebody one role at most. */
function keyOf(userId: string, ruleId: string | null): string {
  return `${userId} ${ruleId}`;
}

/** What a disabled provider said counts no more. */
async function disabledIssuers(tx: ScopedTransaction): Promise<string[]> {
  const disabled = await tx.identityProvider.findMany({
    where: { state: "disabled" },
    select: { issuer: true },
  });
  return disabled.map(({ issuer }) => issuer);
}

async function takeAll(
  tx: ScopedTransaction,
  bindings: readonly Parameters<typeof roleEvent>[1][],
): Promise<void> {
  if (bindings.length === 0) return;
  await tx.roleBinding.deleteMany({ where: { id: { in: bindings.map(({ id }) => id) } } });
  await appendEvents(
    tx,
    bindings.map((binding) => roleEvent("role.removed", binding)),
  );
}

/** Gives what no toxic pair forbids: persons are compared, with what this very change has given them. */
async function giveAll(
  tx: ScopedTransaction,
  missing: readonly Due[],
  newId: () => string,
): Promise<number> {
  if (missing.length === 0) return 0;
  const userIds = [...new Set(missing.map(({ userId }) => userId))];
  const held = await lockRolesOfPersons(tx, userIds);
  const users = await tx.user.findMany({
    where: { id: { in: userIds } },
    select: { id: true, personId: true },
  });
  const personOf = new Map(users.map(({ id, personId }) => [id, personId ?? id]));
  const added = new Map<string, Role[]>();
  const [due, refused]: [Due[], Due[]] = [[], []];
  for (const one of missing) {
    const role = Role.parse(one.rule.role);
    const person = personOf.get(one.userId) ?? one.userId;
    const before = [...(held.get(one.userId) ?? []), ...(added.get(person) ?? [])];
    if (toxicPair(before, role)) refused.push(one);
    else {
      due.push(one);
      added.set(person, [...(added.get(person) ?? []), role]);
    }
  }
  await appendEvents(
    tx,
    refused.map(({ userId, rule }) => ({
      type: "security.toxic_binding_refused",
      resource: { type: "user", id: userId },
      workspaceId: rule.roleWorkspaceId,
    })),
  );
  await give(tx, due, newId);
  return due.length;
}

interface Due {
  readonly userId: string;
  readonly rule: Rule;
}

async function give(
  tx: ScopedTransaction,
  due: readonly Due[],
  newId: () => string,
): Promise<void> {
  const bindings = due.map(({ userId, rule }) => ({
    id: newId(),
    userId,
    role: rule.role,
    workspaceId: rule.roleWorkspaceId,
    source: "group",
    groupRuleId: rule.id,
  }));
  if (bindings.length > 0) await tx.roleBinding.createMany({ data: bindings });
  await appendEvents(
    tx,
    bindings.map((binding) => roleEvent("role.granted", binding)),
  );
}

/**
 * Whether somebody still administers the whole tenant: an active person with the tenant-wide role that does not end.
 * For changes that may take the role from several at once.
 */
export async function hasAdministrator(tx: ScopedTransaction): Promise<boolean> {
  const binding = await tx.roleBinding.findFirst({
    where: {
      role: "WorkspaceAdmin",
      workspaceId: null,
      expiresAt: null,
      user: { state: "active", kind: "user" },
    },
    select: { id: true },
  });
  return binding !== null;
}
