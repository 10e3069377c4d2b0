import { slugOf } from "@aic-sos/contract/text";

/** A demo tenant with its people. All share one password, when there is one to show. */
export interface DevTenant {
  readonly name: string;
  readonly slug: string;
  readonly region: string;
  readonly password: string;
  readonly people: readonly {
    readonly email: string;
    readonly role: string;
    readonly workspace: string;
  }[];
}

/** Asks the server for its demo people. Anything but a 200 with a list means that there are none. */
export async function fetchDevHints(signal: AbortSignal): Promise<readonly DevTenant[]> {
  const answer = await fetch("/auth/dev-hints", {
    signal,
    headers: { accept: "application/json" },
  });
  const isJson = answer.headers.get("content-type")?.includes("json") ?? false;
  return answer.status === 200 && isJson ? devTenants(await answer.json()) : [];
}

/** Groups `{ people: [{ email, password?, tenant, slug?, region, workspace?, role }] }` by tenant. */
export function devTenants(hints: unknown): readonly DevTenant[] {
  const people =
    isRecord(hints) && Array.isArray(hints["people"]) ? hints["people"].filter(isRecord) : [];
  const tenants = new Map<string, DevTenant>();
  for (const person of people) {
    const name = text(person["tenant"]);
    const email = text(person["email"]);
    if (name === "" || email === "") continue;
    const slug = text(person["slug"]) || slugOf(name);
    const known = tenants.get(slug) ?? {
      name,
      slug,
      region: text(person["region"]),
      password: text(person["password"]),
      people: [],
    };
    const entry = { email, role: text(person["role"]), workspace: text(person["workspace"]) };
    tenants.set(slug, { ...known, people: [...known.people, entry] });
  }
  return [...tenants.values()];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
