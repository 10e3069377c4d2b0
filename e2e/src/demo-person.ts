import type { Role } from "@aic-sos/contract/roles";
import type { DevFile, Person } from "./dev-file.ts";
import { Unmet } from "./unmet.ts";

/** The first demo person of a region with a role, tenant-wide or in one workspace. */
export function demoPerson(
  dev: DevFile,
  region: string,
  role: Role,
  where: "everywhere" | "workspace",
): Person {
  const found = dev.people.find(
    (person) =>
      person.region === region &&
      person.role === role &&
      (person.workspace === null) === (where === "everywhere"),
  );
  if (!found)
    throw new Unmet(
      `a demo person in ${region} who is ${role} (${where})`,
      dev.people.map((one) => one.email),
    );
  return found;
}

/** The address at which a demo tenant's people log in: slugs are made from names. */
export function loginAddress(slug: string): string {
  return `/auth/login?tenant=${encodeURIComponent(slug)}`;
}
