import type { Role } from "@aic-sos/contract/roles";

/** The form of a rule: `everywhere` and `any` are what the input leaves out. */
export interface RuleValues {
  group: string;
  role: Role;
  where: string;
  provider: string;
}

export function ruleInput({ group, role, where, provider }: RuleValues) {
  return {
    group,
    role,
    ...(where === "everywhere" ? {} : { roleWorkspaceId: where }),
    ...(provider === "any" ? {} : { identityProviderId: provider }),
  };
}
