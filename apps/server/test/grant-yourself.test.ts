import { type Permission, permissions } from "@aic-sos/contract/permissions";
import { type Role, ROLES } from "@aic-sos/contract/roles";
import { fitsLimitedKey } from "@aic-sos/policy/key-permissions";
import { makePerson } from "@aic-sos/testkit/make-person";
import { makeWorkspace } from "@aic-sos/testkit/make-workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Harness, startHarness } from "./harness.ts";
import type { Answer } from "./http-caller.ts";
import { freshName, inputFor, makePlace, type Place } from "./places.ts";
import { callRest, type Input, procedureOf } from "./procedure-calls.ts";
import { rowsOfTenant } from "./tenant-rows.ts";
import { type Actor, makeActor, makeHome } from "./world.ts";

/** Where the rights would hold: where the caller stands, in another workspace, or in all of the tenant. */
const TARGETS = ["here", "elsewhere", "tenant-wide"] as const;
type Target = (typeof TARGETS)[number];

/** A way to rights. What only a tenant-wide administrator may use has no other target. */
interface Way {
  readonly procedure: string;
  readonly tenantWide?: true;
  readonly input: (attempt: Attempt) => Input;
}

interface Attempt {
  readonly caller: Actor;
  readonly target: Target;
  /** The workspace of the target; of none when it is tenant-wide. */
  readonly place: Place | undefined;
}

let harness: Harness;
let here: Place;
let elsewhere: Place;
/** Of a member without a role. */
let accomplice: string;
/** Services with the role WorkspaceAdmin and a key, by where they live. */
let services: Readonly<Record<Target, { serviceId: string; apiKeyId: string }>>;

beforeAll(async () => {
  harness = await startHarness();
  const { tenant, workspace } = await makeHome(harness, harness.us);
  const db = await harness.cells.superuser(harness.us);
  here = await makePlace(harness, tenant, workspace);
  elsewhere = await makePlace(harness, tenant, await makeWorkspace(db, tenant));
  accomplice = (await makePerson(db, tenant)).id;
  const boss = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
  services = {
    here: await powerfulService(boss, { workspaceId: here.workspace.id }),
    elsewhere: await powerfulService(boss, { workspaceId: elsewhere.workspace.id }),
    "tenant-wide": await powerfulService(boss, { tenantWide: true }),
  };
});
afterAll(() => harness?.stop());

async function powerfulService(boss: Actor, where: Input) {
  const roles = ["WorkspaceAdmin"];
  const service = await boss.post("/api/services", { name: freshName("boss"), roles, ...where });
  const serviceId = (service.body as { id: string }).id;
  const key = await boss.post("/api/api-keys", { serviceId, name: "boss", ...where });
  return { serviceId, apiKeyId: (key.body as { apiKey: { id: string } }).apiKey.id };
}

const where = ({ place }: Attempt): Input =>
  place ? { workspaceId: place.workspace.id } : { tenantWide: true };

const role: Role = "WorkspaceAdmin";

/** As an administrator of the whole tenant would send it, with a role in the target's place. */
const asPlaced = (procedure: string) => (): Input => inputFor(procedure, here);

/** Every way on which anybody gets rights. A new one is one entry more. */
const WAYS: Readonly<Record<string, Way>> = {
  "a binding of one's own": {
    procedure: "member.grantRole",
    input: (attempt) => ({ memberId: attempt.caller.person.id, role, ...where(attempt) }),
  },
  "a binding for an accomplice": {
    procedure: "member.grantRole",
    input: (attempt) => ({ memberId: accomplice, role, ...where(attempt) }),
  },
  "an invitation": {
    procedure: "member.invite",
    input: (attempt) => ({ email: `${freshName("in")}@example.test`, role, ...where(attempt) }),
  },
  "a service of one's own": {
    procedure: "service.create",
    input: (attempt) => ({ name: freshName("mine"), roles: [role], ...where(attempt) }),
  },
  "a key of a service that is there": {
    procedure: "apiKey.create",
    input: (attempt) => ({
      serviceId: services[attempt.target].serviceId,
      name: "mine",
      ...where(attempt),
    }),
  },
  "a key rotated into one's own hands": {
    procedure: "apiKey.rotate",
    input: (attempt) => ({ apiKeyId: services[attempt.target].apiKeyId, ...where(attempt) }),
  },
  "a service switched on again": {
    procedure: "service.enable",
    input: (attempt) => ({ serviceId: services[attempt.target].serviceId, ...where(attempt) }),
  },
  "a rule for one's group": {
    procedure: "groupRule.create",
    tenantWide: true,
    input: ({ place }) => ({
      group: freshName("group"),
      role,
      ...(place ? { roleWorkspaceId: place.workspace.id } : {}),
    }),
  },
  "an identity provider of one's own": {
    procedure: "identityProvider.create",
    tenantWide: true,
    input: asPlaced("identityProvider.create"),
  },
  "another issuer behind a provider that is there": {
    procedure: "identityProvider.update",
    tenantWide: true,
    input: () => ({
      identityProviderId: here.identityProviderId,
      issuer: `${here.issuer}/${freshName("mine")}`,
    }),
  },
  "an email domain": {
    procedure: "emailDomain.create",
    tenantWide: true,
    input: asPlaced("emailDomain.create"),
  },
  "a domain that is proved": {
    procedure: "emailDomain.prove",
    tenantWide: true,
    input: asPlaced("emailDomain.prove"),
  },
  "an authority of client certificates": {
    procedure: "clientAuthority.register",
    tenantWide: true,
    input: asPlaced("clientAuthority.register"),
  },
  "a link to another account": {
    procedure: "person.link",
    tenantWide: true,
    input: ({ caller }) => ({ memberId: caller.person.id, otherMemberId: accomplice }),
  },
  "somebody let in again": {
    procedure: "member.enable",
    tenantWide: true,
    input: () => ({ memberId: accomplice }),
  },
};

interface Asker {
  readonly name: string;
  readonly actor: Actor;
  /** May give rights in these targets. */
  readonly gives: readonly Target[];
}

async function makeAskers(): Promise<Asker[]> {
  const { tenant, workspace } = here;
  const askers: Asker[] = [
    { name: "a member without a role", actor: await makeActor(harness, tenant), gives: [] },
  ];
  for (const one of ROLES) {
    const admin = one === "WorkspaceAdmin";
    // Services never approve: the database refuses such a row.
    for (const service of one === "Approver" ? [false] : [false, true]) {
      const kind = service ? `a service that is ${one}` : one;
      const local = await makeActor(harness, tenant, { role: one, workspace, service });
      askers.push({ name: `${kind} in a workspace`, actor: local, gives: admin ? ["here"] : [] });
      const wide = await makeActor(harness, tenant, { role: one, service });
      askers.push({ name: `${kind} tenant-wide`, actor: wide, gives: admin ? TARGETS : [] });
    }
  }
  return askers;
}

/** A key with every permission that a key may be limited to, of a service that administers the tenant. */
async function limitedKey(): Promise<Asker> {
  const actor = await makeActor(harness, here.tenant, { role, service: true });
  const db = await harness.cells.superuser(harness.us);
  const list: Permission[] = permissions.filter(fitsLimitedKey);
  await db.query("update api_keys set permissions = $1 where id = $2", [list, actor.credentialId]);
  return { name: "a limited key of a service that administers all", actor, gives: [] };
}

async function ask(way: Way, caller: Actor, target: Target): Promise<Answer> {
  const place = { here, elsewhere, "tenant-wide": undefined }[target];
  const input = way.input({ caller, target, place });
  return callRest(caller, procedureOf(way.procedure), input);
}

interface Try {
  readonly asker: Asker;
  readonly target: Target;
}

/** Who asked for what and got another answer than wanted. */
async function wrongAnswers(way: Way, tries: readonly Try[], wanted: (status: number) => boolean) {
  const wrong: unknown[] = [];
  for (const { asker, target } of tries) {
    const { status, text } = await ask(way, asker.actor, target);
    if (!wanted(status)) wrong.push([asker.name, target, status, text.slice(0, 300)]);
  }
  return wrong;
}

describe("rights", () => {
  let askers: Asker[];
  beforeAll(async () => {
    askers = [...(await makeAskers()), await limitedKey()];
  });

  it.each(Object.entries(WAYS))(
    "by %s come only from who administers there, and only within it: nobody else gets any, and no row has changed",
    { timeout: 60_000 },
    async (_, way) => {
      const tries = askers.flatMap((asker) => TARGETS.map((target) => ({ asker, target })));
      const mayGive = ({ asker, target }: Try) =>
        asker.gives.includes(way.tenantWide ? "tenant-wide" : target);
      const before = await rowsOfTenant(harness, here.tenant.id);
      const others = tries.filter((one) => !mayGive(one));
      const letThrough = await wrongAnswers(way, others, (status) => [403, 404].includes(status));
      expect(letThrough).toEqual([]);
      expect(await rowsOfTenant(harness, here.tenant.id)).toEqual(before);
      // Services administer within closer limits of their own, which are tested with them.
      const people = tries.filter((one) => mayGive(one) && one.asker.actor.person.email !== null);
      // A conflict comes after the decision: it was an allow.
      const stopped = await wrongAnswers(way, people, (status) => status < 300 || status === 409);
      expect(stopped).toEqual([]);
    },
  );
});

describe("rights beyond the workspace that one administers", () => {
  it.each(Object.entries(WAYS).filter(([, { tenantWide }]) => !tenantWide))(
    "are given by no administrator of one workspace, by %s",
    async (_, way) => {
      const { tenant, workspace } = here;
      const actor = await makeActor(harness, tenant, { role: "WorkspaceAdmin", workspace });
      for (const target of ["elsewhere", "tenant-wide"] as const) {
        const { status, text } = await ask(way, actor, target);
        expect([403, 404], `${target}: ${text}`).toContain(status);
      }
    },
  );
});
