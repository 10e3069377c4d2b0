import type { Role } from "@aic-sos/contract/roles";
import { IssuedInvitation } from "@aic-sos/contract/tenants";
import { Workspace } from "@aic-sos/contract/workspaces";
import { signIn, type SignedIn } from "../browser/sign-in.ts";
import type { Person } from "../dev-file.ts";
import { demoPerson } from "../demo-person.ts";
import { type Gate, made } from "../gate.ts";
import { answered } from "../rest/caller.ts";

/** A second workspace, and one person per role: invited by the administrator, each entering in a browser. */
export async function enterMembers(gate: Gate, admin: SignedIn): Promise<void> {
  const { dev, region } = gate;
  const first = made(gate, "workspace");
  const body = { name: "Gate Infrastructure", region };
  const second = answered(
    await admin.rest.call("POST", "/api/workspaces", { body }),
    201,
    Workspace,
  );
  gate.made.otherWorkspace = second;
  const enter = (person: Person, role: Role, workspaceId: string | null): Promise<SignedIn> =>
    enterByInvitation(gate, admin, person, role, workspaceId);
  const person = (role: Role): Person => demoPerson(dev, region, role, "workspace");
  gate.made.members = {
    admin,
    auditor: await enter(person("Auditor"), "Auditor", null),
    operator: await enter(person("Operator"), "Operator", first.id),
    integrationAdmin: await enter(person("IntegrationAdmin"), "IntegrationAdmin", first.id),
    neighbour: await enter(person("WorkspaceAdmin"), "WorkspaceAdmin", second.id),
  };
}

async function enterByInvitation(
  { browser, dev }: Gate,
  admin: SignedIn,
  person: Person,
  role: Role,
  workspaceId: string | null,
): Promise<SignedIn> {
  const where = workspaceId === null ? { tenantWide: true } : { workspaceId };
  const body = { email: person.email, role, ...where };
  const { url } = answered(
    await admin.rest.call("POST", "/api/members/invitations", { body }),
    201,
    IssuedInvitation,
  );
  return signIn(browser, dev.url, url, person);
}
