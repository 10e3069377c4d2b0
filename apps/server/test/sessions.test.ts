import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Harness, startHarness } from "./harness.ts";
import { httpCaller } from "./http-caller.ts";
import { freshName } from "./places.ts";
import { problemIn } from "./procedure-calls.ts";
import { makeActor, makeHome, yaml } from "./world.ts";

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

describe("a session", () => {
  it("that is tampered with, foreign, doubled or mixed is none", async () => {
    const [one, two] = [await makeHome(harness, harness.us), await makeHome(harness, harness.us)];
    const actor = await makeActor(harness, one.tenant, {
      role: "Operator",
      workspace: one.workspace,
    });
    const cookie = actor.headers["cookie"] ?? "";
    const [name = "", value = ""] = cookie.split("=");
    const [tenantId = "", id = "", secret = ""] = value.split(".");
    const flip = (text: string, at: number) =>
      text.slice(0, at) + (text[at] === "a" ? "b" : "a") + text.slice(at + 1);
    const wrong = [
      ...[0, 20, 42].map((at) => `${name}=${tenantId}.${id}.${flip(secret, at)}`),
      `${name}=${tenantId}.${flip(id, 35)}.${secret}`,
      `${name}=${two.tenant.id}.${id}.${secret}`,
      `${name}=${tenantId.replace("-8001-", "-8002-")}.${id.replace("-8001-", "-8002-")}.${secret}`,
      `${name}=${tenantId.replace("-8001-", "-8fff-")}.${id.replace("-8001-", "-8fff-")}.${secret}`,
      `${cookie}; ${cookie}`,
      `${name}=`,
      `${name}=${"x".repeat(8_000)}`,
    ];
    for (const text of wrong) {
      const answer = await httpCaller(harness.url, { cookie: text, origin: harness.url }).get(
        "/api/me",
      );
      expect([answer.status, problemIn(answer)?.["code"]]).toEqual([401, "unauthenticated"]);
      expect(answer.headers.get("www-authenticate")).toContain("Bearer");
    }
    const authorization = [
      "Bearer x",
      "Basic x",
      "Bearer",
      `Bearer ${value}`,
      "bearer aic_platform_x_y",
    ];
    for (const header of authorization) {
      const answer = await actor.get("/api/me", { headers: { authorization: header } });
      expect(answer.status, header).toBe(401);
    }
    expect((await actor.get("/api/me")).status).toBe(200);
  });

  it("ends by its idle and its absolute limit", async () => {
    const { tenant, workspace } = await makeHome(harness, harness.us);
    const db = await harness.cells.superuser(harness.us);
    for (const column of ["idle_expires_at", "absolute_expires_at"]) {
      const actor = await makeActor(harness, tenant, { role: "Operator", workspace });
      await db.query(`update sessions set ${column} = now() - interval '1 second' where id = $1`, [
        actor.credentialId,
      ]);
      expect((await actor.get("/api/me")).status).toBe(401);
    }
  });
});

describe("a request that another site makes the browser send", () => {
  it("changes nothing, whatever it looks like", async () => {
    const { tenant, workspace } = await makeHome(harness, harness.us);
    const actor = await makeActor(harness, tenant, { role: "Operator", workspace });
    const { cookie = "" } = actor.headers;
    const browser = httpCaller(harness.url, { cookie });
    const source = yaml(freshName("forged"));
    const same = { origin: harness.url };
    const foreign: Record<string, string>[] = [
      { "sec-fetch-site": "cross-site", ...same },
      { "sec-fetch-site": "same-site", ...same },
      { origin: "https://evil.example" },
      { origin: "null" },
      {},
    ];
    for (const headers of foreign) {
      for (const answer of [
        await browser.post("/api/workflows", { source }, { headers }),
        await browser.mutate("workflow.create", { source }, { headers }),
        await browser.delete("/api/session", { headers }),
        await browser.post("/auth/logout", {}, { headers }),
      ]) {
        expect([answer.status, problemIn(answer)?.["code"]]).toEqual([403, "cross_site"]);
      }
    }
    for (const type of [
      "text/plain",
      "multipart/form-data; boundary=x",
      "application/x-www-form-urlencoded",
      "application/jsonp",
    ]) {
      const sent = { raw: JSON.stringify({ source }), headers: { "content-type": type, ...same } };
      for (const path of ["/api/workflows", "/trpc/workflow.create", "/trpc/session.end"]) {
        const answer = await browser.send("POST", path, undefined, sent);
        expect([answer.status, problemIn(answer)?.["code"]], `${path} ${type}`).toEqual([
          415,
          "unsupported_media_type",
        ]);
      }
    }
    const empty = await browser.send("POST", "/trpc/session.end", undefined, { headers: same });
    expect(empty.status).toBe(415);
    expect((await browser.get("/api/me")).status).toBe(200);
    expect((await actor.get(`/api/workflows/${workspace.id}`)).body).toEqual({
      items: [],
      nextCursor: null,
    });
  });

  it("is no hindrance to a key, which no browser sends by itself", async () => {
    const { tenant, workspace } = await makeHome(harness, harness.us);
    const key = await makeActor(harness, tenant, { role: "Operator", workspace, service: true });
    const answer = await key.post(
      "/api/workflows",
      { source: yaml("by-key") },
      { headers: { origin: "https://ci.example" } },
    );
    expect(answer.status).toBe(201);
  });
});

describe("every answer", () => {
  it("carries the headers that keep browsers safe, and no trace of what runs here", async () => {
    for (const path of ["/api/me", "/health", "/auth/login?tenant=x", "/api/openapi.json"]) {
      const { headers } = await harness.anonymous.get(path);
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("x-frame-options")).toBe("SAMEORIGIN");
      expect(headers.get("x-powered-by")).toBeNull();
      expect(headers.get("access-control-allow-origin")).toBeNull();
    }
  });
});
