import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshName } from "../places.ts";
import { type Stage, startStage } from "../sign-in-stage.ts";
import { makeActor, makeHome } from "../world.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
}, 120_000);
afterAll(() => stage?.stop());

async function invitation(): Promise<{ url: string; path: string }> {
  const slug = freshName("company");
  const body = { name: slug, region: "us-east-1", slug };
  const made = await stage.harness.platform.post("/api/tenants", body);
  const { url } = (made.body as { invitation: { url: string } }).invitation;
  return { url, path: new URL(url).pathname };
}

async function somebody() {
  const { tenant } = await makeHome(stage.harness, stage.harness.us);
  return { tenant, actor: await makeActor(stage.harness, tenant, { role: "Operator" }) };
}

describe("a link that would put another session in the place of one's own", () => {
  it("of an invitation asks first, and goes on by a POST of our own page only", async () => {
    const { path } = await invitation();
    const { actor } = await somebody();
    const asked = await actor.get(path);
    const location = new URL(asked.headers.get("location") ?? "", stage.harness.url);
    expect([asked.status, location.pathname, asked.headers.getSetCookie()]).toEqual([
      303,
      "/login",
      [],
    ]);
    expect(location.searchParams.get("confirm")).toBe("invitation");
    expect(path.endsWith(location.searchParams.get("invitation") ?? "none")).toBe(true);
    const forged = await actor.post(path, {}, { headers: { "sec-fetch-site": "cross-site" } });
    expect([forged.status, forged.headers.getSetCookie()]).toEqual([403, []]);
    const sent = { headers: { "sec-fetch-site": "same-origin" } };
    const clicked = await actor.post(path, {}, sent);
    expect((clicked.body as { location: string }).location).toMatch(stage.standard.issuer);
    expect(clicked.headers.getSetCookie().join()).toContain("__Host-aic_login=");
    const wrong = await actor.post("/auth/invitation/inv_wrong", {}, sent);
    expect(wrong.body).toEqual({ location: "/login?error=invitation_invalid" });
  });

  it("of an invitation goes straight on for who is not signed in", async () => {
    const { path } = await invitation();
    const asked = await stage.harness.anonymous.get(path);
    expect(asked.headers.get("location")).toMatch(stage.standard.issuer);
    const ended = await stage.harness.anonymous.get(path, {
      headers: { cookie: "__Host-aic_session=x" },
    });
    expect(ended.headers.get("location")).toMatch(stage.standard.issuer);
  });

  it.each([
    ["cross-site", "/login"],
    ["same-site", "/login"],
    ["same-origin", "provider"],
    ["none", "provider"],
  ])("of a sign-in that comes %s leads to %s", async (site, where) => {
    const { actor, tenant } = await somebody();
    const answer = await actor.get(`/auth/login?tenant=${tenant.slug}&return_to=/w`, {
      headers: { "sec-fetch-site": site },
    });
    const location = answer.headers.get("location") ?? "";
    if (where === "provider") expect(location).toMatch(stage.standard.issuer);
    else {
      expect(location).toBe(`/login?tenant=${tenant.slug}&return_to=%2Fw&confirm=sign_in`);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
  });
});

describe("a platform administrator, where the configuration names no provider for them", () => {
  it("has no login, and no logout can come from one", async () => {
    const answer = await stage.harness.anonymous.get("/auth/platform/login");
    expect(answer.headers.get("location")).toBe("/login?error=platform_login_off");
    const logout = await stage.harness.anonymous.send(
      "POST",
      "/auth/platform/backchannel-logout",
      undefined,
      {
        raw: "logout_token=a.b.c",
        headers: { "content-type": "application/x-www-form-urlencoded" },
      },
    );
    expect(logout.status).toBe(400);
  });
});

describe("who is not found here", () => {
  it("is told of the regions that other deployments serve, and of nothing else", async () => {
    const answer = await stage.harness.anonymous.get("/auth/offers");
    expect([answer.status, answer.body]).toEqual([
      200,
      {
        otherRegions: [{ region: "ap-southeast-1", url: "https://ap.example.test" }],
        platformLogin: null,
        regions: ["us-east-1", "eu-west-1"],
      },
    ]);
  });
});
