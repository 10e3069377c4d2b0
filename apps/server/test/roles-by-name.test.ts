import { type Role, ROLES } from "@aic-sos/contract/roles";
import { roleAllows } from "@aic-sos/policy/role-table";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Harness, startHarness } from "./harness.ts";
import { consumableInputFor, makePlace, type Place } from "./places.ts";
import { callRest, procedureOf } from "./procedure-calls.ts";
import { type Actor, makeActor, makeHome } from "./world.ts";

let harness: Harness;
let place: Place;

beforeAll(async () => {
  harness = await startHarness();
  const { tenant, workspace } = await makeHome(harness, harness.us);
  place = await makePlace(harness, tenant, workspace);
});
afterAll(() => harness?.stop());

/** A sentence, and the procedures that say it over REST, in one's own workspace. */
type Sentences = Readonly<Record<string, readonly string[]>>;

const CAN: Readonly<Record<Role, Sentences>> = {
  WorkspaceAdmin: {
    "invite members and give and take roles": [
      "member.invite",
      "member.grantRole",
      "member.removeRole",
      "invitation.revoke",
    ],
    "make services and their keys": ["service.create", "apiKey.create", "apiKey.revoke"],
    "create, publish and delete workflows": [
      "workflow.create",
      "workflow.update",
      "workflow.publish",
      "workflow.delete",
    ],
    "trigger and delete runs": ["run.create", "run.delete"],
    "manage provider keys and connectors": ["providerKey.create", "connector.install"],
    "say whether content is kept": ["workspace.updateDataMode"],
    "read the audit log and take it away": ["audit.listEvents", "audit.exportEvents"],
  },
  Operator: {
    "create and publish workflows": ["workflow.create", "workflow.update", "workflow.publish"],
    "trigger a run": ["run.create"],
    "see what runs do": ["run.list", "run.read"],
  },
  Approver: {
    "see runs": ["run.list", "run.read"],
    "read the audit log": ["audit.listEvents"],
  },
  Auditor: {
    "read members, services and keys": ["member.list", "service.list", "apiKey.list"],
    "read workflows and runs": ["workflow.list", "workflow.read", "run.list", "run.read"],
    "read which provider keys and connectors there are": ["providerKey.list", "connector.list"],
    "read the audit log and take it away as evidence": [
      "audit.listEvents",
      "audit.listSecurityEvents",
      "audit.exportEvents",
    ],
  },
  IntegrationAdmin: {
    "install connectors and replace their credentials": [
      "connector.install",
      "connector.updateCredentials",
    ],
    "manage provider keys": ["providerKey.create", "providerKey.list"],
  },
};

const CANNOT: Readonly<Record<Role, Sentences>> = {
  WorkspaceAdmin: {
    "create tenants": ["tenant.create"],
    "change what concerns the whole tenant": [
      "workspace.create",
      "member.disable",
      "member.remove",
      "identityProvider.create",
      "groupRule.create",
      "person.link",
    ],
  },
  Operator: {
    "delete workflows or runs": ["workflow.delete", "run.delete"],
    "invite anybody or give a role": ["member.invite", "member.grantRole"],
    "make keys": ["service.create", "apiKey.create", "providerKey.create"],
    "install connectors": ["connector.install"],
    "read the audit log": ["audit.listEvents"],
    "say whether content is kept": ["workspace.updateDataMode"],
  },
  Approver: {
    "trigger, publish or delete": ["run.create", "run.delete", "workflow.publish"],
    "give a role": ["member.grantRole", "member.invite"],
    "store keys": ["providerKey.create", "apiKey.create"],
    "take the audit log away": ["audit.exportEvents"],
  },
  Auditor: {
    "delete anything": ["workflow.delete", "run.delete", "member.removeRole", "apiKey.revoke"],
    "make anything": ["workflow.create", "run.create", "providerKey.create", "service.create"],
    "give a role": ["member.grantRole", "member.invite"],
  },
  IntegrationAdmin: {
    "trigger, publish or delete": ["run.create", "workflow.publish", "workflow.delete"],
    "see runs": ["run.list", "run.read"],
    "give a role": ["member.grantRole", "member.invite"],
    "read the audit log": ["audit.listEvents"],
  },
};

const lines = (of: typeof CAN) =>
  ROLES.flatMap((role) =>
    Object.entries(of[role]).map(([sentence, keys]) => [role, sentence, keys] as const),
  );

async function statuses(actor: Actor, keys: readonly string[]) {
  const answered: [string, number][] = [];
  for (const key of keys) {
    const input = await consumableInputFor(key, place, harness);
    answered.push([key, (await callRest(actor, procedureOf(key), input)).status]);
  }
  return answered;
}

const workingHere = (role: Role) =>
  makeActor(harness, place.tenant, { role, workspace: place.workspace });

describe("in their workspace, over REST,", () => {
  it.each(lines(CAN))("the %s can %s", async (role, _, keys) => {
    // Evidence is of what is sealed.
    await expect
      .poll(async () => (await place.admin.get("/api/audit-events?limit=1")).text, {
        timeout: 5_000,
      })
      .toContain('"seq"');
    const answered = await statuses(await workingHere(role), keys);
    expect(answered.filter(([, status]) => status >= 300)).toEqual([]);
  });

  it.each(lines(CANNOT))("the %s cannot %s", async (role, _, keys) => {
    const answered = await statuses(await workingHere(role), keys);
    expect(answered.filter(([, status]) => status !== 403)).toEqual([]);
  });

  it("only the Approver can decide a pending step", () => {
    expect(ROLES.filter((role) => roleAllows(role, "approval:decide"))).toEqual(["Approver"]);
  });
});
