import { platformTenantId } from "@aic-sos/contract/ids";
import { freshId } from "@aic-sos/testkit/make-id";
import { makePerson } from "@aic-sos/testkit/make-person";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditTrail } from "../audit-trail.ts";
import { openBrowser } from "../browser.ts";
import { type Harness, startHarness } from "../harness.ts";
import {
  type HostileProvider,
  type HostileProviders,
  type Json,
  startHostileProviders,
} from "../hostile-provider.ts";
import { httpCaller } from "../http-caller.ts";
import { type Actor, makeActor, makeHome } from "../world.ts";

let harness: Harness;
let providers: HostileProviders;
let platformProvider: HostileProvider;

beforeAll(async () => {
  providers = await startHostileProviders();
  platformProvider = providers.make();
  const { issuer, clientId } = platformProvider;
  const login = { name: "Corp", issuer, clientId, clientSecret: "secret", group: "admins" };
  harness = await startHarness({
    allow: [providers.host],
    platform: {
      login: { ...login, scopes: "openid groups", groupsClaim: "groups", allowInsecure: true },
    },
  });
}, 120_000);
afterAll(async () => {
  await harness?.stop();
  await providers?.stop();
});

let tenant: Awaited<ReturnType<typeof makeHome>>["tenant"];
let admin: Actor;
let provider: HostileProvider;
let providerId: string;

beforeEach(async () => {
  ({ tenant } = await makeHome(harness, harness.us));
  admin = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
  provider = providers.make();
  providerId = freshId(tenant.cell);
  const db = await harness.cells.superuser(harness.us);
  await db.query(
    "insert into identity_providers (tenant_id, id, issuer, client_id) values ($1, $2, $3, $4)",
    [tenant.id, providerId, provider.issuer, provider.clientId],
  );
});

const addRule = (group = "admins") => admin.post("/api/group-rules", { group, role: "Operator" });

async function invite(): Promise<void> {
  const invited = { email: "ada@acme.example", role: "Approver", tenantWide: true };
  expect((await admin.post("/api/members/invitations", invited)).status).toBe(201);
}

/** Of the one person who has logged in. */
async function groupsAndRoles() {
  const db = await harness.cells.superuser(harness.us);
  const { rows } = await db.query<{ user_id: string; groups: string[]; seen: string | null }>(
    `select user_id, groups, groups_seen_at::text as seen,
        (select json_agg(b order by id) from role_bindings b where b.user_id = i.user_id) as roles
      from identities i where tenant_id = $1`,
    [tenant.id],
  );
  return rows[0];
}

/** As Microsoft Entra answers for somebody in more than 200 groups. */
const overage = ({ groups: _groups, ...claims }: Json): Json => ({
  ...claims,
  _claim_names: { groups: "src1" },
  _claim_sources: { src1: { endpoint: `${provider.issuer}/all-groups` } },
});

async function logIn(path = `/auth/login?tenant=${tenant.slug}`) {
  const browser = openBrowser();
  const { url } = await browser.open(`${harness.url}${path}`);
  const cookie = browser.cookies(harness.url);
  const me = await httpCaller(harness.url, { cookie }).get("/api/me");
  const roles = (me.body as { tenantRoles?: string[] }).tenantRoles;
  return { error: url.searchParams.get("error"), status: me.status, roles };
}

const trail = (tenantId: string) =>
  auditTrail(harness.cells, harness.us, { tenantId, type: "security.groups_withheld" });

describe("somebody in more groups than their provider names", () => {
  it("is refused where groups give roles, keeps them, and the administrators learn what to mend", async () => {
    await addRule();
    expect(await logIn()).toEqual({ error: null, status: 200, roles: ["Operator"] });
    provider.wrongs = { claims: overage, userinfo: { sub: "person-1" } };
    expect(await logIn()).toMatchObject({ error: "groups_withheld", status: 401 });
    expect(await trail(tenant.id)).toMatchObject([
      {
        class: "security",
        resource: { type: "identity_provider", id: providerId },
        actor: { kind: "unauthenticated" },
      },
    ]);
    expect(provider.asked).not.toContain("/all-groups");
    const db = await harness.cells.superuser(harness.us);
    const { rows } = await db.query(
      `select (select count(*)::int from role_bindings where tenant_id = $1 and source = 'group') as roles,
        (select groups from identities where tenant_id = $1) as groups`,
      [tenant.id],
    );
    expect(rows).toEqual([{ roles: 1, groups: ["admins"] }]);
    provider.wrongs = {};
    expect(await logIn()).toEqual({ error: null, status: 200, roles: ["Operator"] });
  });

  it("is refused as a stranger, too, and by hasgroups alone", async () => {
    await addRule();
    provider.wrongs = {
      claims: ({ groups: _groups, ...claims }) => ({ ...claims, hasgroups: true }),
    };
    expect(await logIn()).toMatchObject({ error: "groups_withheld", status: 401 });
    expect(await trail(tenant.id)).toHaveLength(1);
  });

  it("has not the groups that a userinfo answer names of another person, or that has no form", async () => {
    await addRule();
    for (const userinfo of [{ sub: "person-2", groups: ["admins"] }, { groups: ["admins"] }]) {
      provider.wrongs = { claims: overage, userinfo };
      expect(await logIn()).toMatchObject({ error: "groups_withheld", status: 401 });
    }
  });

  it("comes in when the userinfo endpoint names the groups, which is asked once", async () => {
    await addRule();
    provider.wrongs = { claims: overage, userinfo: { sub: "person-1", groups: ["admins"] } };
    expect(await logIn()).toEqual({ error: null, status: 200, roles: ["Operator"] });
    expect(provider.asked.filter((path) => path === "/userinfo")).toHaveLength(1);
  });

  it("comes in where no rule asks for groups", async () => {
    await invite();
    provider.wrongs = { claims: overage, userinfo: { sub: "person-1" } };
    expect(await logIn()).toEqual({ error: null, status: 200, roles: ["Approver"] });
  });

  it("comes in with roles that are from no group, and nothing of groups is noted or applied", async () => {
    await invite();
    expect(await logIn()).toEqual({ error: null, status: 200, roles: ["Approver"] });
    await addRule("others");
    const before = await groupsAndRoles();
    provider.wrongs = { claims: overage, userinfo: { sub: "person-1" } };
    expect(await logIn()).toEqual({ error: null, status: 200, roles: ["Approver"] });
    expect(await groupsAndRoles()).toEqual(before);
    expect(await trail(tenant.id)).toEqual([]);
  });

  it("comes in so to the account of a proved address, too, by a provider that is new to it", async () => {
    await addRule();
    const db = await harness.cells.superuser(harness.us);
    await makePerson(db, tenant, { email: "ada@acme.example", role: "Approver" });
    await db.query(
      `insert into email_domains (tenant_id, id, domain, identity_provider_id, challenge, proved_at)
        values ($1, $2, 'acme.example', $3, repeat('x', 32), now())`,
      [tenant.id, freshId(tenant.cell), providerId],
    );
    provider.wrongs = { claims: overage, userinfo: { sub: "person-1" } };
    expect(await logIn()).toEqual({ error: null, status: 200, roles: ["Approver"] });
    expect(await groupsAndRoles()).toMatchObject({ groups: [], seen: null });
  });

  it.each([
    ["has a role from a group besides", "select $1::uuid", true],
    [
      "has a role only until just now",
      "update role_bindings set expires_at = now(), source = 'manual' where user_id = $1",
      false,
    ],
    ["has no role any more", "delete from role_bindings where user_id = $1", false],
    ["is disabled", "update users set state = 'disabled' where id = $1", false],
  ])("is refused where somebody known %s", async (_, change, isInGroup) => {
    await invite();
    await addRule(isInGroup ? "admins" : "others");
    expect(await logIn()).toMatchObject({ error: null, status: 200 });
    const before = await groupsAndRoles();
    const db = await harness.cells.superuser(harness.us);
    await db.query(change, [before?.user_id]);
    provider.wrongs = { claims: overage, userinfo: { sub: "person-1" } };
    expect(await logIn()).toMatchObject({ error: "groups_withheld", status: 401 });
    expect(await groupsAndRoles()).toMatchObject({ groups: before?.groups, seen: before?.seen });
  });

  it("is no platform administrator, and that is on record", async () => {
    platformProvider.wrongs = { claims: overage };
    expect(await logIn("/auth/platform/login")).toMatchObject({
      error: "groups_withheld",
      status: 401,
    });
    expect(await trail(platformTenantId(harness.us.code))).toHaveLength(1);
  });
});
