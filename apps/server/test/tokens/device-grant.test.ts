import type { AuditEvent } from "@aic-sos/audit/event";
import type { AppSession } from "@aic-sos/contract/app-sessions";
import type { TestTenant } from "@aic-sos/testkit/make-tenant";
import type { TestWorkspace } from "@aic-sos/testkit/make-workspace";
import { makeWorkspace } from "@aic-sos/testkit/make-workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditTrail } from "../audit-trail.ts";
import { type Harness, startHarness } from "../harness.ts";
import { type Answer, type Caller, httpCaller } from "../http-caller.ts";
import {
  askAsDevice,
  bearer,
  claimsOf,
  CLIENT,
  poll,
  refresh,
  revoke,
  signInApp,
  type Tokens,
} from "../native-app.ts";
import { problemIn } from "../procedure-calls.ts";
import { type Actor, makeActor, makeHome } from "../world.ts";

let harness: Harness;
let tenant: TestTenant;
let workspace: TestWorkspace;

beforeAll(async () => {
  harness = await startHarness();
  ({ tenant, workspace } = await makeHome(harness, harness.us));
});
afterAll(() => harness.stop());

const operator = () => makeActor(harness, tenant, { role: "Operator", workspace });
const look = (person: Caller, userCode: string) =>
  person.get(`/api/app-sessions/device?userCode=${encodeURIComponent(userCode)}`);
const answer = (person: Caller, userCode: string, allow: boolean) =>
  person.post("/api/app-sessions/device", { userCode, allow });
const errorOf = ({ body }: Answer) => (body as { error?: string }).error;

/** The one row that waits or waited for that device code. */
async function change(deviceCode: string, assignment: string): Promise<void> {
  const db = await harness.cells.superuser(harness.us);
  const id = /^aic_device_[0-9a-f]{32}_([0-9a-f]{32})_/.exec(deviceCode)?.[1];
  const { rowCount } = await db.query(`update device_codes set ${assignment} where id = $1`, [id]);
  expect(rowCount).toBe(1);
}

const waitInterval = (deviceCode: string) =>
  change(deviceCode, "last_polled_at = last_polled_at - interval '1 hour'");

async function approved(person: Actor, more: Record<string, string> = {}): Promise<string> {
  const device = await askAsDevice(harness.url, tenant, more);
  const allowed = await answer(person, device.user_code, true);
  expect(allowed.status, allowed.text).toBe(200);
  return device.device_code;
}

async function appsOf(caller: Caller): Promise<AppSession[]> {
  const { body } = await caller.get("/api/app-sessions?limit=100");
  return (body as { items: AppSession[] }).items;
}

describe("a device without a browser", () => {
  it("asks, waits, is told to slow down, is let in, calls, refreshes and is signed out", async () => {
    const ana = await operator();
    const { body } = await harness.anonymous.get("/.well-known/oauth-authorization-server");
    const metadata = body as Record<string, string & string[]>;
    expect(metadata["device_authorization_endpoint"]).toBe(
      `${harness.url}/auth/device_authorization`,
    );
    expect(metadata["grant_types_supported"]).toContain(
      "urn:ietf:params:oauth:grant-type:device_code",
    );
    const device = await askAsDevice(harness.url, tenant);
    expect(device).toMatchObject({
      verification_uri: `${harness.url}/device`,
      verification_uri_complete: `${harness.url}/device?user_code=${device.user_code}`,
      expires_in: 600,
      interval: 5,
    });
    const { device_code: code, user_code: userCode } = device;
    expect(errorOf(await poll(harness.url, code))).toBe("authorization_pending");
    expect(errorOf(await poll(harness.url, code))).toBe("slow_down");
    await change(code, "last_polled_at = last_polled_at - interval '7 seconds'");
    expect(errorOf(await poll(harness.url, code))).toBe("slow_down");
    await waitInterval(code);
    expect(errorOf(await poll(harness.url, code))).toBe("authorization_pending");
    const asks = await look(ana, userCode.toLowerCase().replace("-", " "));
    expect(asks.body).toMatchObject({
      app: "AIC-SOS command line",
      clientId: CLIENT,
      address: "127.0.0.1",
      device: "node",
      workspace: null,
    });
    expect((await answer(ana, userCode, true)).body).toMatchObject({ allowed: true });
    const got = await poll(harness.url, code);
    expect(got.status, got.text).toBe(200);
    const tokens = got.body as Tokens;
    expect(tokens).toMatchObject({ token_type: "Bearer", expires_in: 900 });
    expect((await bearer(harness.url, tokens).get("/api/me")).body).toMatchObject({
      principal: { id: ana.person.id, authentication: "access_token" },
    });
    const family = claimsOf(tokens)["sid"] as string;
    expect(await appsOf(ana)).toMatchObject([{ id: family, device: "node" }]);
    const next = await refresh(harness.url, tokens.refresh_token);
    expect(next.status, next.text).toBe(200);
    await ana.delete(`/api/app-sessions/${family}`);
    expect((await bearer(harness.url, tokens).get("/api/me")).status).toBe(401);
    const { refresh_token: left } = next.body as Tokens;
    expect((await refresh(harness.url, left)).status).toBe(400);
  });

  it("leaves a trail: asked by nobody known, approved by the person, signed in", async () => {
    const ana = await operator();
    const code = await approved(ana);
    await poll(harness.url, code);
    const trail = (type: AuditEvent["type"]) => auditTrail(harness.cells, harness.us, { type });
    const last = async (type: AuditEvent["type"]) => (await trail(type)).at(-1);
    const created = await last("device_code.created");
    expect(created?.actor).toMatchObject({ kind: "unauthenticated" });
    expect(await last("device_code.approved")).toMatchObject({
      actor: { id: ana.person.id, authentication: "session" },
      resource: created?.resource,
    });
    expect(await last("app_session.created")).toMatchObject({ actor: { id: ana.person.id } });
  });

  it("gets no right but those that its person has at the time, and only in the workspace it asked for", async () => {
    const other = await makeWorkspace(await harness.cells.superuser(harness.us), tenant);
    const admin = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
    const code = await approved(admin, { workspace_id: workspace.id });
    const tokens = (await poll(harness.url, code)).body as Tokens;
    expect(JSON.stringify(claimsOf(tokens))).not.toMatch(/role|permission|scope/i);
    const app = bearer(harness.url, tokens);
    expect((await app.get(`/api/runs?workspaceId=${workspace.id}`)).status).toBe(200);
    expect((await app.get(`/api/runs?workspaceId=${other.id}`)).status).not.toBe(200);
    expect((await revoke(harness.url, tokens.refresh_token)).status).toBe(200);
    expect((await app.get("/api/me")).status).toBe(401);
  });

  it("that is refused gets nothing, and cannot be approved any more", async () => {
    const ana = await operator();
    const device = await askAsDevice(harness.url, tenant);
    expect((await answer(ana, device.user_code, false)).body).toMatchObject({ allowed: false });
    expect(errorOf(await poll(harness.url, device.device_code))).toBe("access_denied");
    expect((await answer(ana, device.user_code, true)).status).toBe(404);
    expect((await look(ana, device.user_code)).status).toBe(404);
    expect(errorOf(await poll(harness.url, device.device_code))).toBe("access_denied");
  });

  it("that comes too late gets nothing, approved or not, and its code is like every wrong one", async () => {
    const ana = await operator();
    const waiting = await askAsDevice(harness.url, tenant);
    const ready = await approved(ana);
    for (const code of [waiting.device_code, ready]) {
      await change(code, "expires_at = now() - interval '1 second'");
      expect(errorOf(await poll(harness.url, code))).toBe("expired_token");
    }
    expect((await answer(ana, waiting.user_code, true)).status).toBe(404);
  });

  it("gets tokens once", async () => {
    const code = await approved(await operator());
    expect((await poll(harness.url, code)).status).toBe(200);
    expect(errorOf(await poll(harness.url, code))).toBe("invalid_grant");
  });

  it("that polls twenty times at once is one sign-in", async () => {
    const ana = await operator();
    const code = await approved(ana);
    const answers = await Promise.all(Array.from({ length: 20 }, () => poll(harness.url, code)));
    const good = answers.filter(({ status }) => status === 200);
    expect(good).toHaveLength(1);
    expect(new Set(answers.map(errorOf))).toEqual(new Set([undefined, "invalid_grant"]));
    const apps = await appsOf(ana);
    expect(apps.map(({ id }) => id)).toEqual([claimsOf(good[0]?.body as Tokens)["sid"]]);
  });
});

describe("nothing comes of an approval", () => {
  it("when the person is disabled, or signs out, before the device comes", async () => {
    const admin = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
    for (const leave of [
      (person: Actor) => admin.post(`/api/members/${person.person.id}/disable`, {}),
      (person: Actor) => person.delete("/api/session"),
    ]) {
      const person = await operator();
      const code = await approved(person);
      const left = await leave(person);
      expect(left.status, left.text).toBeLessThan(300);
      expect(errorOf(await poll(harness.url, code))).toBe("invalid_grant");
    }
  });

  it("when the tenant is suspended, or the workspace is gone", async () => {
    const db = await harness.cells.superuser(harness.us);
    const home = await makeHome(harness, harness.us);
    const person = await makeActor(harness, home.tenant, { role: "WorkspaceAdmin" });
    const doomed = await makeWorkspace(db, home.tenant);
    const ask = async (more: Record<string, string>) => {
      const device = await askAsDevice(harness.url, home.tenant, more);
      expect((await answer(person, device.user_code, true)).status).toBe(200);
      return device.device_code;
    };
    const [limited, free] = [await ask({ workspace_id: doomed.id }), await ask({})];
    await db.query("delete from workspaces where id = $1", [doomed.id]);
    expect(errorOf(await poll(harness.url, limited))).toBe("invalid_grant");
    await db.query("update tenants set state = 'offboarded' where tenant_id = $1", [
      home.tenant.id,
    ]);
    expect(errorOf(await poll(harness.url, free))).toBe("invalid_grant");
  });
});

describe("whoever types a code", () => {
  it("of another tenant's device neither sees nor answers it", async () => {
    const foreign = await makeHome(harness, harness.us);
    const eve = await makeActor(harness, foreign.tenant, { role: "WorkspaceAdmin" });
    const device = await askAsDevice(harness.url, tenant);
    const right = [await look(eve, device.user_code), await answer(eve, device.user_code, true)];
    const wrong = [await look(eve, "BCDF-GHJK"), await answer(eve, "BCDF-GHJK", true)];
    const words = (one: Answer) => [one.status, problemIn(one)?.["detail"]];
    expect(right.map(words)).toEqual(wrong.map(words));
    expect(right.map(({ status }) => status)).toEqual([404, 404]);
    expect(errorOf(await poll(harness.url, device.device_code))).toBe("authorization_pending");
  });

  it("answers for no workspace in which they have no role, or which is not there", async () => {
    const ana = await operator();
    const other = await makeWorkspace(await harness.cells.superuser(harness.us), tenant);
    const admin = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
    const missing = `${other.id.slice(0, -4)}0000`;
    for (const [person, id] of [
      [ana, other.id],
      [admin, missing],
    ] as const) {
      const device = await askAsDevice(harness.url, tenant, { workspace_id: id });
      expect((await look(person, device.user_code)).status).toBe(404);
      expect((await answer(person, device.user_code, true)).status).toBe(404);
    }
  });

  it("is a person at the console: no app, no key and no page elsewhere lets a device in", async () => {
    const ana = await operator();
    const service = await makeActor(harness, tenant, { role: "Operator", service: true });
    const app = bearer(harness.url, await signInApp(harness, ana));
    const device = await askAsDevice(harness.url, tenant);
    for (const caller of [app, service])
      for (const one of [
        await look(caller, device.user_code),
        await answer(caller, device.user_code, true),
      ])
        expect([one.status, problemIn(one)?.["code"]]).toEqual([409, "conflict"]);
    const nobody = httpCaller(harness.url);
    expect((await answer(nobody, device.user_code, true)).status).toBe(401);
    expect(errorOf(await poll(harness.url, device.device_code))).toBe("authorization_pending");
  });

  it("has thirty tries in ten minutes, after which not even the right code helps", async () => {
    const ana = await operator();
    const device = await askAsDevice(harness.url, tenant);
    const tries: Answer[] = [];
    for (let tried = 0; tried < 15; tried += 1)
      tries.push(await look(ana, "BCDF-GHJK"), await answer(ana, `wrong ${tried}`, true));
    expect(new Set(tries.map(({ status }) => status))).toEqual(new Set([404]));
    for (const refused of [
      await look(ana, device.user_code),
      await answer(ana, device.user_code, true),
    ]) {
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    }
    expect((await look(await operator(), device.user_code)).status).toBe(200);
  });
});
