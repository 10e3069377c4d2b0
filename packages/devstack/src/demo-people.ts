import { DEMO_TENANTS, type DemoMember, type DemoTenant } from "./demo-tenants.ts";

/** Somebody one can log in as, as `dev.json` and the console's table list them. */
export interface DemoPerson {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly tenant: string;
  readonly region: string;
  /** Null: in every workspace. */
  readonly workspace: string | null;
  readonly role: string;
}

/** Who runs the platform: creates tenants, sees nothing of theirs. In no tenant. */
export const PLATFORM_PERSON = {
  name: "Pat Kowalska",
  email: "pat.kowalska@platform.example",
  about: "Platform administrator",
  group: "platform-administrators",
} as const;

/** Everybody, tenant by tenant. */
export function demoPeople(password: string): readonly DemoPerson[] {
  return DEMO_TENANTS.flatMap(({ name, region, members }) =>
    members.map((member) => ({
      name: member.name,
      email: member.email,
      password,
      tenant: name,
      region,
      workspace: member.workspace,
      role: member.role,
    })),
  );
}

/** Role and place in words: "Integration admin, Service Desk (Acme)". */
export function aboutOf({ role, workspace, tenant }: DemoPerson): string {
  const words = role.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words}, ${workspace ?? "everywhere"} (${tenant})`;
}

/** The groups that a company's directory would put the person in. */
export function groupsOf(person: DemoPerson): string[] {
  return [
    `${person.tenant}-${person.workspace ?? "all"}-${person.role}`
      .toLowerCase()
      .replaceAll(" ", "-"),
  ];
}

/**
 * The first member of a tenant with the role in the workspace. @throws when the demo data has none
 */
export function memberWith(
  tenant: DemoTenant,
  role: DemoMember["role"],
  workspace: string | null,
): DemoMember {
  const found = tenant.members.find(
    (member) => member.role === role && member.workspace === workspace,
  );
  if (!found)
    throw new Error(
      `the demo tenant ${tenant.name} has no ${role} in ${workspace ?? "every workspace"}`,
    );
  return found;
}
