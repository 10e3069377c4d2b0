import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningDevIdp, startDevIdp } from "@aic-sos/devstack/dev-idp";
import { freePort } from "@aic-sos/devstack/free-port";
import { signIn } from "@aic-sos/devstack/sign-in";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { auditTrail } from "./audit-trail.ts";
import { type Harness, startHarness } from "./harness.ts";
import { type Caller, httpCaller } from "./http-caller.ts";
import { freshName } from "./places.ts";

const PASSWORD = "a-password-of-the-tests";
const person = (name: string) => ({
  name,
  email: `${name.toLowerCase()}@acme.example`,
  password: PASSWORD,
  groups: [],
});
const [ada, bob, eve, mia] = ["Ada", "Bob", "Eve", "Mia"].map(person) as [
  ReturnType<typeof person>,
  ReturnType<typeof person>,
  ReturnType<typeof person>,
  ReturnType<typeof person>,
];

let harness: Harness;
let idp: RunningDevIdp;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "aic-idp-"));
  const [port, idpPort] = [await freePort(), await freePort()];
  const client = { clientId: "aic-sos", clientSecret: "the-secret-of-the-client" };
  const publicUrl = `http://localhost:${port}`;
  idp = await startDevIdp({
    dataDir: folder,
    port: idpPort,
    publicUrl,
    ...client,
    people: [ada, bob, eve, mia],
  });
  harness = await startHarness({ port, identity: { issuer: idp.issuer, ...client } });
});
afterAll(async () => {
  await harness.stop();
  await idp.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Company {
  readonly slug: string;
  readonly tenantId: string;
  readonly invitation: string;
}

async function company(region = "us-east-1", adminEmail?: string): Promise<Company> {
  const slug = freshName("company");
  const body = { name: slug, region, slug, ...(adminEmail === undefined ? {} : { adminEmail }) };
  const answer = await harness.platform.post("/api/tenants", body);
  const { tenant, invitation } = answer.body as {
    tenant: { id: string };
    invitation: { url: string };
  };
  return { slug, tenantId: tenant.id, invitation: invitation.url };
}

function as(cookie: string): Caller {
  return httpCaller(harness.url, { cookie, origin: harness.url });
}

const login = (slug: string) => `${harness.url}/auth/login?tenant=${slug}`;

describe("the first administrator of a tenant", () => {
  it("comes in by the invitation, and from then on by the tenant's name", async () => {
    const { slug, invitation, tenantId } = await company();
    const first = await as(await signIn(invitation, ada)).get("/api/me");
    expect(first.body).toMatchObject({
      principal: { email: ada.email, displayName: "Ada", kind: "user", authentication: "session" },
      tenant: { id: tenantId, slug },
      tenantRoles: ["WorkspaceAdmin"],
    });
    const again = await as(await signIn(login(slug), ada)).get("/api/me");
    expect(again.body).toEqual(first.body);
  });

  it("uses it once: nobody else gets in by it", async () => {
    const { invitation } = await company();
    await signIn(invitation, ada);
    await expect(signIn(invitation, bob)).rejects.toThrow(/invitation_invalid/);
  });

  it("is one, when two people come with one invitation at once: the other is not even known", async () => {
    for (let round = 0; round < 3; round += 1) {
      const { invitation, tenantId } = await company();
      const [one, other] = await Promise.allSettled([
        signIn(invitation, ada),
        signIn(invitation, bob),
      ]);
      expect([one.status, other.status].toSorted()).toEqual(["fulfilled", "rejected"]);
      const db = await harness.cells.superuser(harness.us);
      const { rowCount } = await db.query("select from users where tenant_id = $1", [tenantId]);
      expect(rowCount).toBe(1);
    }
  });

  it("of an address is nobody else", async () => {
    const { invitation } = await company("us-east-1", ada.email);
    await expect(signIn(invitation, bob)).rejects.toThrow(/invitation_invalid/);
    expect((await as(await signIn(invitation, ada)).get("/api/me")).status).toBe(200);
  });

  it("of a European tenant has a session of that region", async () => {
    const { invitation } = await company("eu-west-1");
    const me = await as(await signIn(invitation, mia)).get("/api/me");
    expect(me.body).toMatchObject({ tenant: { region: "eu-west-1" } });
    expect((me.body as { principal: { id: string } }).principal.id).toMatch(/-8002-/);
  });

  it("invites for good whoever had the role for a time only", async () => {
    const { slug, invitation, tenantId } = await company();
    const admin = as(await signIn(invitation, ada));
    const made = await admin.post("/api/workspaces", { name: "Desk", region: "us-east-1" });
    const workspaceId = (made.body as { id: string }).id;
    const invite = () =>
      admin.post("/api/members/invitations", { email: bob.email, role: "Operator", workspaceId });
    expect((await invite()).status).toBe(201);
    await signIn(login(slug), bob);
    const db = await harness.cells.superuser(harness.us);
    await db.query(
      `update role_bindings set source = 'manual', expires_at = now()
        where tenant_id = $1 and role = 'Operator'`,
      [tenantId],
    );
    expect((await invite()).status).toBe(201);
    const again = await as(await signIn(login(slug), bob)).get("/api/me");
    expect(again.body).toMatchObject({ workspaces: [{ id: workspaceId, roles: ["Operator"] }] });
  });

  it("invites others, who come in with their role and no other", async () => {
    const { slug, invitation } = await company();
    const admin = as(await signIn(invitation, ada));
    const made = await admin.post("/api/workspaces", { name: "Desk", region: "us-east-1" });
    const workspaceId = (made.body as { id: string }).id;
    await admin.post("/api/members/invitations", {
      email: bob.email,
      role: "Operator",
      workspaceId,
    });
    const me = await as(await signIn(login(slug), bob)).get("/api/me");
    expect(me.body).toMatchObject({
      tenantRoles: [],
      workspaces: [{ id: workspaceId, roles: ["Operator"] }],
    });
  });
});

describe("who was not invited", () => {
  it("is refused with an event, and gets the answer of one who was thrown out", async () => {
    const { slug, invitation, tenantId } = await company();
    const admin = as(await signIn(invitation, ada));
    await admin.post("/api/members/invitations", {
      email: mia.email,
      role: "Operator",
      tenantWide: true,
    });
    await signIn(login(slug), mia);
    const db = await harness.cells.superuser(harness.us);
    await db.query("update users set state = 'disabled' where tenant_id = $1 and email = $2", [
      tenantId,
      mia.email,
    ]);
    const failureOf = (who: typeof eve) =>
      signIn(login(slug), who).catch((error: Error) => error.message.replace(who.email, "—"));
    const [stranger, disabled] = [await failureOf(eve), await failureOf(mia)];
    expect(stranger).toContain("no_access");
    expect(stranger).toBe(disabled);
    const events = await auditTrail(harness.cells, harness.us, {
      type: "security.login_refused",
      tenantId,
    });
    expect(events).toHaveLength(2);
    expect(JSON.stringify(events)).not.toContain(eve.email);
  });

  it("learns no more from a tenant that does not exist than that it does not", async () => {
    for (const slug of ["no-such-company", "", "%00", "A".repeat(3000), "../x"]) {
      const answer = await harness.anonymous.get(`/auth/login?tenant=${slug}`);
      expect([answer.status, answer.headers.get("location")]).toEqual([
        303,
        "/login?error=tenant_unknown",
      ]);
    }
  });
});

describe("a login", () => {
  it("sets cookies that scripts cannot read and other sites cannot send along, and clears its own", async () => {
    const { invitation } = await company();
    const cookies: string[] = [];
    const real = globalThis.fetch;
    vi.spyOn(globalThis, "fetch").mockImplementation(async (...call) => {
      const response = await real(...call);
      if (response.url.startsWith(harness.url)) cookies.push(...response.headers.getSetCookie());
      return response;
    });
    await signIn(invitation, ada);
    vi.restoreAllMocks();
    expect(cookies.map((cookie) => cookie.split("=")[0])).toEqual([
      "__Host-aic_login",
      "__Host-aic_session",
      "__Host-aic_login",
    ]);
    for (const cookie of cookies)
      expect(cookie).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect(cookies[1]).toContain("; Max-Age=604800;");
    expect(cookies[2]).toContain("; Max-Age=0;");
  });

  it("leads only to pages of the console afterwards", async () => {
    const { slug } = await company();
    for (const target of [
      "https://evil.example",
      "//evil.example",
      "/\\evil.example",
      "javascript:alert(1)",
    ]) {
      const answer = await harness.anonymous.get(
        `/auth/login?tenant=${slug}&return_to=${encodeURIComponent(target)}`,
      );
      expect(answer.status).toBe(303);
      expect(answer.headers.get("location")).toMatch(idp.issuer);
      expect(answer.headers.get("location")).not.toContain("evil");
    }
  });

  it("cannot be finished without its cookie, nor with another login's", async () => {
    for (const cookie of ["", "__Host-aic_login=x", "__Host-aic_login=a.b.c.d.e"]) {
      const answer = await harness.anonymous.get("/auth/callback?code=x&state=y", {
        headers: { cookie },
      });
      expect([answer.status, answer.headers.get("location")]).toEqual([
        303,
        "/login?error=state_mismatch",
      ]);
    }
  });

  it("that fails on its way back is on record, counted with all who could not be authenticated", async () => {
    const counted = async () => {
      const events = await auditTrail(harness.cells, harness.us, {
        type: "security.unauthenticated",
      });
      return events.reduce((sum, { count }) => sum + count, 0);
    };
    const before = await counted();
    for (let attempt = 0; attempt < 7; attempt += 1)
      await harness.anonymous.get("/auth/callback?code=x&state=y");
    await vi.waitFor(async () => expect(await counted()).toBeGreaterThanOrEqual(before + 7), {
      timeout: 15_000,
      interval: 500,
    });
  }, 20_000);

  it("keeps no secret of it in the log", () => {
    const text = harness.log.join("");
    for (const secret of [PASSWORD, "the-secret-of-the-client", "inv_", "code="])
      expect(text).not.toContain(secret);
  });
});

describe("a logout", () => {
  it("ends the session, and leads to the provider's own", async () => {
    const { invitation } = await company();
    const caller = as(await signIn(invitation, ada));
    const answer = await caller.post("/auth/logout");
    expect(answer.status).toBe(200);
    expect((answer.body as { redirectTo: string }).redirectTo).toMatch(`${idp.issuer}/session/end`);
    expect(answer.headers.getSetCookie().join()).toContain("__Host-aic_session=; Max-Age=0;");
    expect((await caller.get("/api/me")).status).toBe(401);
    expect((await caller.post("/auth/logout")).status).toBe(401);
  });
});
