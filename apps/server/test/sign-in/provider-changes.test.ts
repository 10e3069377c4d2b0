import { generateKeyPairSync } from "node:crypto";
import { freshId } from "@aic-sos/testkit/make-id";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditTrail } from "../audit-trail.ts";
import { openBrowser } from "../browser.ts";
import { type Harness, startHarness } from "../harness.ts";
import {
  type HostileProvider,
  type HostileProviders,
  signed,
  startHostileProviders,
} from "../hostile-provider.ts";
import { metadataOf } from "../outside.ts";
import { type Actor, makeActor, makeHome } from "../world.ts";

let harness: Harness;
let providers: HostileProviders;
let home: Awaited<ReturnType<typeof makeHome>>;
let admin: Actor;

beforeAll(async () => {
  providers = await startHostileProviders();
  harness = await startHarness({ allow: [providers.host] });
});
afterAll(async () => {
  await harness?.stop();
  await providers?.stop();
});
beforeEach(async () => {
  home = await makeHome(harness, harness.us);
  admin = await makeActor(harness, home.tenant, { role: "WorkspaceAdmin" });
  harness.outside.answer = (issuer) => ({ body: metadataOf(issuer) });
});

async function add(issuer: string): Promise<{ id: string; issuer: string }> {
  const provider = { name: "Corp", issuer, clientId: "aic-sos", clientSecret: "a secret" };
  const answer = await admin.post("/api/identity-providers", provider);
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
  return (answer.body as { identityProvider: { id: string; issuer: string } }).identityProvider;
}

/** A member whom the provider of that issuer named in the group. */
async function memberOf(group: string, issuer: string): Promise<Actor> {
  const actor = await makeActor(harness, home.tenant);
  const db = await harness.cells.superuser(harness.us);
  await db.query(
    "insert into identities (tenant_id, id, user_id, issuer, subject, groups) values ($1, $2, $3, $4, 'one', array[$5])",
    [home.tenant.id, freshId(harness.us.code), actor.person.id, issuer, group],
  );
  return actor;
}

async function rolesOf(actor: Actor): Promise<readonly string[]> {
  return ((await actor.get("/api/me")).body as { tenantRoles: string[] }).tenantRoles;
}

const rule = (group: string, role: string) => admin.post("/api/group-rules", { group, role });

describe("a provider that changes while somebody logs in by it", () => {
  let provider: HostileProvider;
  let id: string;

  beforeEach(async () => {
    provider = providers.make();
    ({ id } = await add(provider.issuer));
    await rule("admins", "Operator");
  });

  /** Its keys are the last thing that the server asks for: then the identity is verified. */
  function whenKeysAreAskedFor(change: () => Promise<unknown>): void {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const jwk = { ...publicKey.export({ format: "jwk" }), kid: "late", alg: "RS256" };
    provider.wrongs = {
      token: (claims) => signed(claims, { kid: "late" }, { privateKey, jwk }),
      jwks: (response) =>
        void change().then(() =>
          response
            .writeHead(200, { "content-type": "application/json" })
            .end(JSON.stringify({ keys: [jwk] })),
        ),
    };
  }

  it.each([
    [
      "is switched off",
      () => admin.put(`/api/identity-providers/${id}`, { state: "disabled" }),
      200,
    ],
    ["is removed", () => admin.delete(`/api/identity-providers/${id}`), 200],
    [
      "becomes another one",
      () =>
        admin.put(`/api/identity-providers/${id}`, {
          issuer: harness.outside.issuer,
          clientSecret: "x",
        }),
      200,
    ],
  ] as const)(
    "lets nobody in, and leaves nothing of them, when it %s",
    async (_, change, status) => {
      let changed: number | undefined;
      whenKeysAreAskedFor(async () => {
        changed = (await change()).status;
      });
      const page = await openBrowser().open(`${harness.url}/auth/login?tenant=${home.tenant.slug}`);
      expect(changed).toBe(status);
      expect(page.url.search).toBe("?error=provider_changed");
      expect(page.setCookies.filter((line) => line.startsWith("__Host-aic_session="))).toEqual([]);
      const db = await harness.cells.superuser(harness.us);
      const { rowCount } = await db.query("select from identities where tenant_id = $1", [
        home.tenant.id,
      ]);
      expect(rowCount).toBe(0);
      const refused = { tenantId: home.tenant.id, type: "security.login_refused" } as const;
      expect(await auditTrail(harness.cells, harness.us, refused)).toHaveLength(1);
    },
  );
});

describe("a provider that becomes another one", () => {
  it("takes along what its groups gave, and no later rule finds them", async () => {
    const { id, issuer } = await add(`${harness.outside.issuer}/before`);
    const ana = await memberOf("ops", issuer);
    await rule("ops", "Operator");
    expect(await rolesOf(ana)).toEqual(["Operator"]);
    const moved = { issuer: `${harness.outside.issuer}/after`, clientSecret: "another" };
    expect((await admin.put(`/api/identity-providers/${id}`, moved)).status).toBe(200);
    expect(await rolesOf(ana)).toEqual([]);
    await rule("ops", "IntegrationAdmin");
    expect(await rolesOf(ana)).toEqual([]);
  });
});

describe("an edit of a provider", () => {
  it("is told with the names of the fields that changed, and with no value of them", async () => {
    const { id } = await add(`${harness.outside.issuer}/corp`);
    const edit = {
      name: "Corp Ltd",
      clientSecret: "quite another",
      scopes: "openid email profile",
    };
    const edited = await admin.put(`/api/identity-providers/${id}`, edit);
    const receipt = { id: edited.headers.get("aic-audit-id") ?? "" };
    const [event] = await auditTrail(harness.cells, harness.us, receipt);
    expect(event?.type).toBe("identity_provider.updated");
    expect(event?.changes.map(({ field }) => field)).toEqual(["name", "clientSecret"]);
    expect(JSON.stringify(event)).not.toMatch(/Corp|another/);
  });

  it("that became another one meanwhile is refused: the other's secret goes to no one else", async () => {
    const provider = providers.make();
    const { id } = await add(provider.issuer);
    const path = `/api/identity-providers/${id}`;
    const moved = { issuer: `${harness.outside.issuer}/moved`, clientSecret: "of the other" };
    let movedStatus: number | undefined;
    provider.wrongs = {
      discovery: (response) =>
        void admin.put(path, moved).then(({ status }) => {
          movedStatus = status;
          response
            .writeHead(200, { "content-type": "application/json" })
            .end(JSON.stringify(metadataOf(provider.issuer)));
        }),
    };
    const late = await admin.put(path, { name: "Corp Ltd" });
    expect([movedStatus, late.status], late.text).toEqual([200, 409]);
    const { body } = await admin.get("/api/identity-providers");
    expect(body).toMatchObject({ items: [{ name: "Corp", issuer: moved.issuer }] });
  });
});

describe("an issuer that is entered otherwise than its provider writes it", () => {
  beforeEach(() => {
    harness.outside.answer = (issuer) => ({
      body: { ...metadataOf(issuer), issuer: `${harness.outside.issuer}/` },
    });
  });

  it("is kept as the provider writes it, so that switching it off takes what its groups gave", async () => {
    const { id, issuer } = await add(harness.outside.issuer);
    expect(issuer).toBe(`${harness.outside.issuer}/`);
    const ana = await memberOf("ops", issuer);
    await rule("ops", "Operator");
    expect(await rolesOf(ana)).toEqual(["Operator"]);
    const off = { issuer: harness.outside.issuer, state: "disabled" };
    expect((await admin.put(`/api/identity-providers/${id}`, off)).status).toBe(200);
    expect(await rolesOf(ana)).toEqual([]);
  });

  it("is not another one: the same provider twice is refused", async () => {
    await add(harness.outside.issuer);
    const again = { name: "Again", issuer: `${harness.outside.issuer}/`, clientId: "x" };
    expect((await admin.post("/api/identity-providers", again)).status).toBe(409);
  });
});

describe("the deployment's provider", () => {
  const STANDARD = "https://standard.example";
  const off = (id: string) => admin.put(`/api/identity-providers/${id}`, { state: "disabled" });

  it("counts no more, with the groups that it named, from when the tenant has one of its own; and again after the last", async () => {
    const ana = await memberOf("ops", STANDARD);
    await rule("ops", "Operator");
    expect(await rolesOf(ana)).toEqual(["Operator"]);
    const { id } = await add(`${harness.outside.issuer}/own`);
    expect(await rolesOf(ana)).toEqual([]);
    await rule("ops", "IntegrationAdmin");
    expect(await rolesOf(ana)).toEqual([]);
    const own = await memberOf("ops", `${harness.outside.issuer}/own`);
    await rule("ops", "Approver");
    expect(await rolesOf(own)).toContain("Approver");
    expect((await off(id)).status).toBe(200);
    expect((await rolesOf(ana)).toSorted()).toEqual(["Approver", "IntegrationAdmin", "Operator"]);
    expect(await rolesOf(own)).toEqual([]);
  });
});

describe("a provider whose groups name the last administrators", () => {
  it.each([
    ["removed", (id: string) => admin.delete(`/api/identity-providers/${id}`)],
    [
      "switched off",
      (id: string) => admin.put(`/api/identity-providers/${id}`, { state: "disabled" }),
    ],
  ])("is not %s, also where the rule is for it alone", async (_, change) => {
    const { id, issuer } = await add(`${harness.outside.issuer}/admins`);
    const ana = await memberOf("admins", issuer);
    const made = await admin.post("/api/group-rules", {
      group: "admins",
      role: "WorkspaceAdmin",
      identityProviderId: id,
    });
    expect(made.status).toBe(201);
    const db = await harness.cells.superuser(harness.us);
    // The last who has the role by hand has it for a while only, which keeps nobody governed.
    await db.query(
      "update role_bindings set expires_at = now() + interval '1 hour' where user_id = $1",
      [admin.person.id],
    );
    const refused = await change(id);
    expect([refused.status, refused.text]).toEqual([409, expect.stringContaining("last")]);
    expect(await rolesOf(ana)).toEqual(["WorkspaceAdmin"]);
  });

  it("tells of every role that goes with it", async () => {
    const { id, issuer } = await add(`${harness.outside.issuer}/ops`);
    await memberOf("ops", issuer);
    const body = { group: "ops", role: "Operator", identityProviderId: id };
    expect((await admin.post("/api/group-rules", body)).status).toBe(201);
    expect((await admin.delete(`/api/identity-providers/${id}`)).status).toBe(200);
    const of = { tenantId: home.tenant.id, type: "role.removed" } as const;
    expect(await auditTrail(harness.cells, harness.us, of)).toHaveLength(1);
  });
});
