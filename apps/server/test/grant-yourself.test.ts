import { type Permission, permissions } from "@aic-sos/contract/permissions";
import { ROLES } from "@aic-sos/contract/roles";
import { fitsLimitedKey } from "@aic-sos/policy/key-permissions";
import { freshId } from "@aic-sos/testkit/make-id";
import { makePerson } from "@aic-sos/testkit/make-person";
import { makeWorkspace } from "@aic-sos/testkit/make-workspace";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { formOf, openBrowser } from "./browser.ts";
import { guardedCompany } from "./guarded-company.ts";
import type { Harness } from "./harness.ts";
import type { Answer, Caller } from "./http-caller.ts";
import { askAsDevice, bearer, poll, type Tokens } from "./native-app.ts";
import { freshName, makePlace, type Place } from "./places.ts";
import { callRest, type Input, procedureOf } from "./procedure-calls.ts";
import { type Stage, startStage } from "./sign-in-stage.ts";
import { rowsOfTenant } from "./tenant-rows.ts";
import { type Scene, type Target, TARGETS, type Way, WAYS } from "./ways-to-rights.ts";
import { type Actor, makeActor, makeHome } from "./world.ts";

let stage: Stage;
let harness: Harness;
let here: Place;
let scene: Scene;

beforeAll(async () => {
  stage = await startStage();
  ({ harness } = stage);
  const { tenant, workspace } = await makeHome(harness, harness.us);
  const db = await harness.cells.superuser(harness.us);
  here = await makePlace(harness, tenant, workspace);
  const elsewhere = await makePlace(harness, tenant, await makeWorkspace(db, tenant));
  const boss = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
  scene = {
    here,
    elsewhere,
    accomplice: (await makePerson(db, tenant)).id,
    services: {
      here: await powerfulService(boss, { workspaceId: here.workspace.id }),
      elsewhere: await powerfulService(boss, { workspaceId: elsewhere.workspace.id }),
      "tenant-wide": await powerfulService(boss, { tenantWide: true }),
    },
    defaultIssuer: stage.standard.issuer,
  };
}, 120_000);
afterAll(() => stage?.stop());

async function powerfulService(boss: Actor, where: Input) {
  const roles = ["WorkspaceAdmin"];
  const service = await boss.post("/api/services", { name: freshName("boss"), roles, ...where });
  const serviceId = (service.body as { id: string }).id;
  const key = await boss.post("/api/api-keys", { serviceId, name: "boss", ...where });
  return { serviceId, apiKeyId: (key.body as { apiKey: { id: string } }).apiKey.id };
}

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
  const actor = await makeActor(harness, here.tenant, { role: "WorkspaceAdmin", service: true });
  const db = await harness.cells.superuser(harness.us);
  const list: Permission[] = permissions.filter(fitsLimitedKey);
  await db.query("update api_keys set permissions = $1 where id = $2", [list, actor.credentialId]);
  return { name: "a limited key of a service that administers all", actor, gives: [] };
}

async function ask(way: Way, caller: Actor, target: Target): Promise<Answer> {
  const place = target === "tenant-wide" ? undefined : scene[target];
  const input = way.input({ caller, target, place, scene });
  return callRest(caller, procedureOf(way.procedure), input);
}

interface Try {
  readonly asker: Asker;
  readonly target: Target;
}

/** A device that each of the people let in: it asks as they do, with a token. */
function devicesOf(askers: readonly Asker[]): Promise<Asker[]> {
  return Promise.all(
    askers
      .filter(({ actor }) => actor.person.email !== null)
      .map(async ({ name, actor, gives }) => ({
        name: `a device that was let in by ${name}`,
        actor: { ...actor, ...(await deviceOf(actor)) },
        gives,
      })),
  );
}

async function deviceOf(person: Actor) {
  const device = await askAsDevice(harness.url, here.tenant);
  const yes = { userCode: device.user_code, allow: true };
  const answered = await person.post("/api/app-sessions/device", yes);
  expect(answered.status, answered.text).toBe(200);
  return bearer(harness.url, (await poll(harness.url, device.device_code)).body as Tokens);
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
    const people = await makeAskers();
    askers = [...people, ...(await devicesOf(people)), await limitedKey()];
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

describe("a device code", () => {
  /** What somebody may do in either workspace and in the tenant as a whole. */
  const rightsOf = (caller: Caller) =>
    Promise.all(
      [scene.here, scene.elsewhere, undefined].map(async (place) => {
        const at = place ? { workspaceId: place.workspace.id } : { tenantWide: true };
        const { status, body } = await caller.post("/api/authz/can", { permissions, ...at });
        expect(status).toBe(200);
        return body as { answers: { permission: string; allowed: boolean }[] };
      }),
    );

  it("gives a device the rights of the person who answered it, whoever that is, and no other", async () => {
    const { tenant, workspace } = here;
    for (const one of [undefined, ...ROLES])
      for (const where of [{ workspace }, {}]) {
        const person = await makeActor(harness, tenant, {
          ...(one ? { role: one } : {}),
          ...where,
        });
        const rights = await rightsOf(person);
        expect(await rightsOf(await deviceOf(person)), one ?? "no role").toEqual(rights);
        const allowed = rights.flatMap(({ answers }) => answers.filter((each) => each.allowed));
        const beyondSelf = allowed.filter(({ permission }) => !/^(?:self|authz):/.test(permission));
        expect(beyondSelf.length > 0).toBe(one !== undefined);
      }
  });

  it("is answered by no key and by no app, whatever its rights: nobody is let in by one", async () => {
    const admin = { role: "WorkspaceAdmin" } as const;
    const key = await makeActor(harness, here.tenant, { ...admin, service: true });
    const app = await deviceOf(await makeActor(harness, here.tenant, admin));
    for (const caller of [key, app]) {
      const device = await askAsDevice(harness.url, here.tenant);
      const yes = { userCode: device.user_code, allow: true };
      const refused = await caller.post("/api/app-sessions/device", yes);
      // By name: the database would refuse it, too, for there is no session that answers.
      expect([refused.status, refused.text]).toEqual([
        409,
        expect.stringContaining("signed in to the console"),
      ]);
      const { body } = await poll(harness.url, device.device_code);
      expect(body).toMatchObject({ error: "authorization_pending" });
    }
  });

  it("gives rights that end with the person's: a role that is taken is gone from the token too", async () => {
    const person = await makeActor(harness, here.tenant, { role: "WorkspaceAdmin" });
    const device = await deviceOf(person);
    const invite = () =>
      device.post("/api/members/invitations", {
        email: `${freshName("in")}@example.test`,
        role: "Operator",
        tenantWide: true,
      });
    expect((await invite()).status).toBe(201);
    const boss = await makeActor(harness, here.tenant, { role: "WorkspaceAdmin" });
    const bindingId = person.person.principal.bindings[0]?.id ?? "";
    const taken = await boss.delete(`/api/role-bindings/${bindingId}?tenantWide=true`);
    expect(taken.status, taken.text).toBe(200);
    expect((await invite()).status).toBe(403);
    expect(await rightsOf(device)).toEqual(await rightsOf(person));
  });
});

describe("the deployment's default provider", () => {
  const mallory = { name: "Mallory", email: "mallory@corp.test", groups: ["admins"] };
  let company: Awaited<ReturnType<typeof guardedCompany>>;

  beforeEach(async () => {
    await stage.standard.setPeople([mallory]);
    company = await guardedCompany(stage, mallory.email, "admins");
  });

  const rowsThere = () => rowsOfTenant(harness, company.tenant.id);

  it("brings a person into the tenant where they belong, and no group, address or invitation of theirs into another", async () => {
    const other = await company.addProvider();
    await company.addRule();
    const { tenant } = await makeHome(harness, harness.us);
    const admin = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
    await admin.post("/api/group-rules", { group: "admins", role: "Operator" });
    const before = await rowsThere();
    const login = `/auth/login?tenant=${tenant.slug}`;
    const me = await (await stage.enter(login, mallory)).get("/api/me");
    expect(me.body).toMatchObject({ tenant: { id: tenant.id }, tenantRoles: ["Operator"] });
    const byAddress = `/auth/login?email=${mallory.email}`;
    for (const path of [company.loginPath, company.invitationPath, byAddress]) {
      const { headers } = await harness.anonymous.get(path);
      expect(headers.get("location")).toMatch(stage.partner.issuer);
      await expect(stage.enter(path, mallory)).rejects.toThrow(stage.partner.issuer);
    }
    for (const provider of [other, freshId(harness.us.code), "default", ""]) {
      const named = await harness.anonymous.get(`${login}&provider=${provider}`);
      const { search } = new URL(named.headers.get("location") ?? "", harness.url);
      expect([provider, search]).toEqual([provider, "?error=provider_changed"]);
    }
    expect(await rowsThere()).toEqual(before);
  });

  it.each(["loginPath", "invitationPath"] as const)(
    "lets nobody in by %s who set out by it before the tenant had a provider of its own",
    async (path) => {
      await company.addRule();
      const browser = openBrowser();
      const asked = await browser.open(`${harness.url}${company[path]}`);
      expect(asked.url.href).toMatch(stage.standard.issuer);
      await company.addProvider();
      const before = await rowsThere();
      const { action, fields } = formOf(asked);
      const form = { ...fields, email: mallory.email, password: stage.password };
      const ended = await browser.open(action, form);
      expect(ended.url.search).toBe("?error=provider_changed");
      expect(await rowsThere()).toEqual(before);
    },
  );

  it("that stands in for a provider switched off has neither its groups nor its word for an address", async () => {
    const identityProviderId = await company.addProvider();
    await company.addRule({ identityProviderId });
    const path = `/api/identity-providers/${identityProviderId}`;
    expect((await company.admin.put(path, { state: "disabled" })).status).toBe(200);
    const before = await rowsThere();
    await expect(stage.enter(company.loginPath, mallory)).rejects.toThrow("(no_access)");
    await expect(stage.enter(company.invitationPath, mallory)).rejects.toThrow(
      "(email_not_verified)",
    );
    expect(await rowsThere()).toEqual(before);
  });
});
