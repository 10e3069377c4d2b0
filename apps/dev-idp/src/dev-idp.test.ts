import { mkdtemp, rm, stat } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  authorizationRequest,
  Browser,
  exchange,
  login,
  openLogin,
  verifiedClaims,
} from "./browser.test-support.ts";
import {
  ANA,
  type Child,
  CLIENT,
  configIn,
  startChild,
  startChildOfChild,
} from "./child.test-support.ts";

let folder: string;
let idp: Child;
let logoutCalls: string[];
const listener = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => {
    body += chunk;
  });
  request.on("end", () => {
    logoutCalls.push(new URLSearchParams(body).get("logout_token") ?? "");
    response.writeHead(200).end();
  });
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dev-idp-"));
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const { port } = listener.address() as AddressInfo;
  const backchannelLogoutUri = `http://127.0.0.1:${port}/`;
  const config = configIn(folder);
  idp = await startChild(folder, { ...config, clients: [{ ...CLIENT, backchannelLogoutUri }] });
  logoutCalls = [];
});
afterAll(async () => {
  idp.process.kill();
  await idp.ended;
  listener.close();
  await rm(folder, { recursive: true });
});

describe("a login with code and PKCE", () => {
  it("ends in an ID token with email, email_verified, name and groups", async () => {
    const { url, verifier } = authorizationRequest(idp.issuer);
    const answer = await login(new Browser(), url, ANA);
    expect(answer.get("state")).toBe("state-1");
    expect(answer.get("iss")).toBe(idp.issuer);
    const tokens = await exchange(idp.issuer, answer.get("code") ?? "", verifier);
    expect(tokens.status).toBe(200);
    expect(await verifiedClaims(idp.issuer, tokens.body.id_token ?? "")).toMatchObject({
      iss: idp.issuer,
      aud: CLIENT.clientId,
      nonce: "nonce-1",
      amr: ["pwd"],
      sub: expect.stringMatching(/^[\w-]{22}$/),
      sid: expect.any(String),
      email: ANA.email,
      email_verified: true,
      name: ANA.name,
      groups: ANA.groups,
    });
  });

  it("says so when an email is not verified, and takes the email in any case", async () => {
    const { url, verifier } = authorizationRequest(idp.issuer);
    const answer = await login(new Browser(), url, { email: "BO@acme.example", password: "other" });
    const tokens = await exchange(idp.issuer, answer.get("code") ?? "", verifier);
    expect(await verifiedClaims(idp.issuer, tokens.body.id_token ?? "")).toMatchObject({
      email: "bo@acme.example",
      email_verified: false,
      groups: [],
    });
  });

  it("asks no second time in the same browser, and never for consent", async () => {
    const browser = new Browser();
    await login(browser, authorizationRequest(idp.issuer).url, ANA);
    const { url } = authorizationRequest(idp.issuer);
    const again = await browser.fetch(url);
    expect(again.headers.get("location")).toContain(`${CLIENT.redirectUris[0]}?code=`);
  });

  it("asks again when the client wants a fresh login or consent", async () => {
    const browser = new Browser();
    await login(browser, authorizationRequest(idp.issuer).url, ANA);
    const fresh = authorizationRequest(idp.issuer, { prompt: "login" });
    expect((await login(browser, fresh.url, ANA)).get("code")).toBeTruthy();
    const consent = authorizationRequest(idp.issuer, { prompt: "consent" });
    const end = await browser.follow(await browser.fetch(consent.url), consent.url);
    expect(new URL(end.url).searchParams.get("code")).toBeTruthy();
  });

  it("gives each code once, and only to whoever has its verifier", async () => {
    const { url, verifier } = authorizationRequest(idp.issuer);
    const code = (await login(new Browser(), url, ANA)).get("code") ?? "";
    expect((await exchange(idp.issuer, code, "x".repeat(43))).body.error).toBe("invalid_grant");
    const next = authorizationRequest(idp.issuer);
    const good = (await login(new Browser(), next.url, ANA)).get("code") ?? "";
    expect((await exchange(idp.issuer, good, next.verifier)).status).toBe(200);
    expect((await exchange(idp.issuer, good, next.verifier)).body.error).toBe("invalid_grant");
    expect(verifier).not.toBe(next.verifier);
  });
});

describe("a login", () => {
  it("without PKCE is refused", async () => {
    const { url } = authorizationRequest(idp.issuer, {
      code_challenge: undefined,
      code_challenge_method: undefined,
    });
    const location = (await new Browser().fetch(url)).headers.get("location") ?? "";
    expect(new URL(location).searchParams.get("error")).toBe("invalid_request");
    expect(location).toContain("PKCE");
  });

  it("that should lead to an address that is not registered is refused, and does not go there", async () => {
    const { url } = authorizationRequest(idp.issuer, { redirect_uri: "http://evil.example/cb" });
    const response = await new Browser().fetch(url);
    expect(response.status).toBe(400);
    expect(response.headers.get("location")).toBeNull();
    expect(await response.text()).toContain("invalid_redirect_uri");
  });

  it.each([
    ["a wrong password", ANA.email],
    ["an unknown email", "nobody@acme.example"],
    ["an email that is markup", `"><script>alert(1)</script>`],
  ])(
    "with %s shows the page again, with the email kept and nothing told apart",
    async (_, email) => {
      const browser = new Browser();
      const { url } = authorizationRequest(idp.issuer);
      const { action } = await openLogin(browser, url);
      const response = await browser.submit(url, action, { email, password: "wrong" });
      expect(response.status).toBe(401);
      const page = await response.text();
      expect(page).toContain("Wrong email or password.");
      expect(page).not.toContain("<script>alert");
      const kept = email.replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
      expect(page).toContain(`value="${kept}"`);
      const sent = await browser.submit(url, action, { email: ANA.email, password: ANA.password });
      expect(sent.status).toBe(303);
    },
  );

  it("that begins in one browser cannot be finished in another", async () => {
    const { url } = authorizationRequest(idp.issuer);
    const { action } = await openLogin(new Browser(), url);
    const { email, password } = ANA;
    const response = await new Browser().submit(url, action, { email, password });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("Sign-in cannot go on");
  });

  it("takes no form that is not one, or is too long", async () => {
    const browser = new Browser();
    const { url } = authorizationRequest(idp.issuer);
    const { action } = await openLogin(browser, url);
    const target = new URL(action, url).href;
    const json = { "content-type": "application/json" };
    const sent = await browser.fetch(target, { method: "POST", headers: json, body: "{}" });
    expect(sent.status).toBe(400);
    const long = await browser.submit(url, action, { email: "x".repeat(10_000) });
    expect(long.status).toBe(400);
  });
});

describe("the login page", () => {
  it("lists the people as rows, escaped, and loads nothing from elsewhere", async () => {
    const { url } = authorizationRequest(idp.issuer, { login_hint: "bo@acme.example" });
    const { page, response } = await openLogin(new Browser(), url);
    expect(page).toContain("Ana O&#39;Neill &lt;admin&gt;");
    expect(page).toContain(`data-email="${ANA.email}"`);
    expect(page).toContain('value="bo@acme.example"');
    expect(page).not.toMatch(/(?:src|href)="(?!data:,)/);
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(response.headers.get("cache-control")).toBe("no-store");
  });
});

describe("a logout that the application begins", () => {
  it("waits for an answer when nothing proves the application", async () => {
    const browser = new Browser();
    const { url } = authorizationRequest(idp.issuer);
    await login(browser, url, ANA);
    const page = await (await browser.fetch(new URL("/session/end", idp.issuer).href)).text();
    expect(page).toContain("Sign out?");
    expect(page).not.toContain("<script");
  });

  it("asks, tells the application behind its back, and returns to it", async () => {
    const browser = new Browser();
    const { url, verifier } = authorizationRequest(idp.issuer);
    const code = (await login(browser, url, ANA)).get("code") ?? "";
    const idToken = (await exchange(idp.issuer, code, verifier)).body.id_token ?? "";
    const { sid } = await verifiedClaims(idp.issuer, idToken);

    const end = new URL("/session/end", idp.issuer);
    end.searchParams.set("id_token_hint", idToken);
    end.searchParams.set("post_logout_redirect_uri", CLIENT.postLogoutRedirectUris[0] ?? "");
    const page = await (await browser.fetch(end.href)).text();
    expect(page).toContain("Sign out?");
    expect(page, "goes on by itself: the application has asked").toContain("<script nonce");
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? "";
    const done = await browser.submit(end.href, "/session/end/confirm", { xsrf, logout: "yes" });
    expect(done.headers.get("location")).toBe(CLIENT.postLogoutRedirectUris[0]);

    await expect.poll(() => logoutCalls.length).toBe(1);
    expect(await verifiedClaims(idp.issuer, logoutCalls[0] ?? "")).toMatchObject({
      aud: CLIENT.clientId,
      sid,
      events: { "http://schemas.openid.net/event/backchannel-logout": {} },
    });
    const { response } = await browser.follow(await browser.fetch(url), url);
    expect(await response.text()).toContain("Sign in");
  });
});

describe("the process", () => {
  it("listens on loopback only and says nothing but its ready line", async () => {
    const { hostname, port } = new URL(idp.issuer);
    expect(hostname).toBe("localhost");
    await expect(fetch(`http://127.0.0.2:${port}/jwks`)).rejects.toThrow();
    expect(idp.output()).toBe(`${JSON.stringify({ ready: true, issuer: idp.issuer })}\n`);
  });

  it("keeps its signing keys, so that tokens verify after a restart", async () => {
    const own = await mkdtemp(join(folder, "restart-"));
    const config = configIn(own);
    const first = await startChild(own, config);
    const { url, verifier } = authorizationRequest(first.issuer);
    const code = (await login(new Browser(), url, ANA)).get("code") ?? "";
    const token = (await exchange(first.issuer, code, verifier)).body.id_token ?? "";
    const before = await verifiedClaims(first.issuer, token);
    first.process.kill("SIGTERM");
    expect(await first.ended).toBe(0);
    expect((await stat(config.signingKeysFile)).mode & 0o777).toBe(0o600);

    const second = await startChild(own, config);
    expect(await verifiedClaims(second.issuer, token)).toEqual(before);
    second.process.kill("SIGTERM");
    await second.ended;
  });

  it("ends when its parent lets go of it", async () => {
    const child = await startChild(folder, configIn(folder));
    child.process.stdin.end();
    expect(await child.ended).toBe(0);
  });

  it("ends when its parent is killed", async () => {
    const { parent, issuer } = await startChildOfChild(folder, configIn(folder));
    expect((await fetch(`${issuer}/jwks`)).status).toBe(200);
    parent.kill("SIGKILL");
    const answers = (): Promise<boolean> =>
      fetch(`${issuer}/jwks`).then(
        () => true,
        () => false,
      );
    await expect.poll(answers, { timeout: 5000 }).toBe(false);
  });

  it("does not run in production", async () => {
    await expect(startChild(folder, configIn(folder), { NODE_ENV: "production" })).rejects.toThrow(
      "does not run with NODE_ENV=production",
    );
  });

  it("names each thing that is wrong with its configuration", async () => {
    const wrong = { ...configIn(folder), port: -1, people: [{ ...ANA, email: "ana" }] };
    const starting = startChild(folder, wrong);
    await expect(starting).rejects.toThrow(/ended with 1.*: port: .*: people\.0\.email: /s);
    const twice = { ...configIn(folder), people: [ANA, { ...ANA, email: "Ana@ACME.example" }] };
    await expect(startChild(folder, twice)).rejects.toThrow("ana@acme.example is there twice");
  });
});
