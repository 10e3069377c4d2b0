import type { Role } from "@aic-sos/contract/roles";

/** Roles that must not meet in one person. Auditor stands alone, or it would audit itself. */
export const TOXIC_PAIRS: readonly (readonly [Role, Role])[] = [
  ["Auditor", "WorkspaceAdmin"],
  ["Auditor", "Operator"],
  ["Auditor", "Approver"],
  ["Auditor", "IntegrationAdmin"],
];

/** The first pair that `added` would make with a role already held, or undefined. */
export function toxicPair(held: readonly Role[], added: Role): readonly [Role, Role] | undefined {
  return TOXIC_PAIRS.find(
    ([one, other]) =>
      (one === added && held.includes(other)) || (other === added && held.includes(one)),
  );
}

/** Nobody decides what they requested, also not through a delegate: persons are compared, not accounts. */
export function mayDecide(requesterPersonId: string, deciderPersonId: string): boolean {
  return requesterPersonId !== deciderPersonId;
}
