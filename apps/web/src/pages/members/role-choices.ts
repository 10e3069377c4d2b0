import { ROLES, type Role } from "@aic-sos/contract/roles";
import { toxicPair } from "@aic-sos/policy/separation-of-duties";
import { ROLE_WORDS } from "../../lib/words.ts";

/** A role in a list; one that clashes with a role already held says so and cannot be chosen. */
export interface RoleChoice {
  readonly value: Role;
  readonly label: string;
  readonly disabled: boolean;
}

export function roleChoices(held: readonly Role[]): RoleChoice[] {
  return ROLES.map((role) => {
    const pair = toxicPair(held, role);
    const other = pair?.find((one) => one !== role);
    return {
      value: role,
      label:
        other === undefined
          ? ROLE_WORDS[role]
          : `${ROLE_WORDS[role]} (never together with ${ROLE_WORDS[other]})`,
      disabled: pair !== undefined,
    };
  });
}
