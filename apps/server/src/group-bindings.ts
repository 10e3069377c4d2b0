import { Role } from "@aic-sos/contract/roles";
import { appendEvents } from "@aic-sos/db/append-event";
import { lockRolesOfPersons } from "@aic-sos/db/roles-of-persons";
import type { ScopedTransaction } from "@aic-sos/db/scoped";
import { toxicPair } from "@aic-sos/policy/separation-of-duties";
import { hasAdministrator, lockAdministrators } from "./administrators.ts";
import { roleEvent } from "./role-event.ts";

/** What became of the rules for some users. */
export interface GroupChange {
  readonly given: number;
  readonly taken: number;
  /** Bindings that a toxic pair forbids; each is a security event. */
  readonly refused: number;
  /** Bindings that no rule gives any more, of the tenant's last administrators; each is a security event. */
  readonly kept: number;
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
 * gives any more, in the caller's transaction, each with its event. The last who administers the whole tenant keeps that
 * role: a directory that stops sending groups leaves nobody to mend it. Needs a tenant-wide scope.
 */
export async function applyGroupRules(
  tx: ScopedTransaction,
  userIds: readonly string[],
  newId: () => string,
): Promise<GroupChange> {
  if (userIds.length === 0) return { given: 0, taken: 0, refused: 0, kept: 0 };
  const ofThem = { userId: { in: [...userIds] } };
  await lockWhatGroupsAdminister(tx, userIds);
  // So that what is read below is what no other change is about to alter.
  await lockRolesOfPersons(tx, userIds);
  const rules = await readRules(tx);
  const identities = Map.groupBy(
    await tx.identity.findMany({
      where: { ...ofThem, issuer: await countingIssuers(tx) },
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
  const last = await lastAdministrations(tx, gone);
  await takeAll(
    tx,
    gone.filter((binding) => !last.includes(binding)),
  );
  const given = await giveAll(tx, missing, newId);
  const kept = await takeUnlessLast(tx, last);
  return { given, taken: gone.length - kept, refused: missing.length - given, kept };
}

/**
 * Locks the administrators where groups have made some of these users one: their role may go. Before any lock of persons,
 * which is the order that everybody keeps who may take an administrator's role.
 */
export async function lockWhatGroupsAdminister(
  tx: ScopedTransaction,
  userIds: readonly string[],
): Promise<void> {
  const administering = { source: "group", role: "WorkspaceAdmin", workspaceId: null };
  const found = await tx.roleBinding.findFirst({
    where: { userId: { in: [...userIds] }, ...administering },
    select: { id: true },
  });
  if (found) await lockAdministrators(tx);
}

type Binding = Parameters<typeof roleEvent>[1] & { readonly id: string };

/** Those of the bindings without which nobody would administer the whole tenant; none while somebody else does. */
async function lastAdministrations<B extends Binding>(
  tx: ScopedTransaction,
  bindings: readonly B[],
): Promise<readonly B[]> {
  const administering = bindings.filter(
    ({ role, workspaceId }) => role === "WorkspaceAdmin" && workspaceId === null,
  );
  if (administering.length === 0) return [];
  const without = administering.map(({ id }) => id);
  // Where nobody administers it even with them, they are of people who are disabled.
  const last = !(await hasAdministrator(tx, without)) && (await hasAdministrator(tx));
  return last ? administering : [];
}

/** Takes them where another rule has just made somebody an administrator. Answers how many are kept. */
async function takeUnlessLast(tx: ScopedTransaction, last: readonly Binding[]): Promise<number> {
  if (last.length === 0) return 0;
  const ids = last.map(({ id }) => id);
  if (await hasAdministrator(tx, ids)) {
    await takeAll(tx, last);
    return 0;
  }
  await appendEvents(
    tx,
    last.map(({ userId }) => ({
      type: "security.last_administrator_kept",
      resource: { type: "user", id: userId },
    })),
  );
  return last.length;
}

/** A rule gives somebody one role at most. */
function keyOf(userId: string, ruleId: string | null): string {
  return `${userId} ${ruleId}`;
}

/**
 * Whose groups count: those of the tenant's own providers that are in use, or while it has none, of whoever is none of
 * its own, which is the deployment's.
 */
async function countingIssuers(tx: ScopedTransaction) {
  const own = await tx.identityProvider.findMany({ select: { issuer: true, state: true } });
  const active = own.filter(({ state }) => state === "active");
  return active.length > 0
    ? { in: active.map(({ issuer }) => issuer) }
    : { notIn: own.map(({ issuer }) => issuer) };
}

async function takeAll(tx: ScopedTransaction, bindings: readonly Binding[]): Promise<void> {
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
