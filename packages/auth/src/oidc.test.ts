import { createHash, createHmac } from "node:crypto";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  type Keys,
  makeKeys,
  REDIRECT_URI,
  sendJson,
  sign,
  startProvider,
  type TestProvider,
  unsigned,
  type Wrongs,
} from "../test/test-provider.ts";
import { LoginError, type LoginErrorCode } from "./login-error.ts";
import { beginLogin, discoverProvider, endSessionUrl, finishLogin } from "./oidc.ts";

const REQUEST = {
  redirectUri: REDIRECT_URI,
  tenantId: "01890000-0000-8001-8000-000000000001",
  providerId: null,
  returnTo: "/workflows",
  invitation: null,
};

let keys: Keys;
let otherKeys: Keys;
const open: TestProvider[] = [];

beforeAll(async () => {
  keys = await makeKeys();
  otherKeys = await makeKeys();
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((provider) => provider.close()));
});

async function start(wrongs: Wrongs = {}): Promise<TestProvider> {
  const provider = await startProvider(keys, wrongs);
  open.push(provider);
  return provider;
}

async function logIn(wrongs: Wrongs = {}) {
  const there = await start(wrongs);
  const provider = await discoverProvider({ ...there.settings, timeoutMs: 400 });
  const { url, loginState } = await beginLogin(provider, REQUEST, Date.now());
  return finishLogin(provider, { currentUrl: there.visit(url), loginState }, Date.now());
}

/** The error a login ends with; its texts are searched for what must never be in them. */
async function refusalOf(login: Promise<unknown>): Promise<LoginError> {
  const failure: unknown = await login.then(
    () => "it was accepted",
    (error: unknown) => error,
  );
  if (!(failure instanceof LoginError)) throw new Error(`no LoginError: ${String(failure)}`);
  const texts = `${failure.message} ${failure.detail} ${JSON.stringify(failure)}`;
  for (const secret of [CLIENT_SECRET, "code-0", "eyJ", "ada@", "person-1"]) {
    expect(texts.toLowerCase()).not.toContain(secret.toLowerCase());
  }
  expect(failure.cause).toBeUndefined();
  return failure;
}

const seconds = () => Math.floor(Date.now() / 1000);

describe("a login with an honest provider", () => {
  it("says who the person is", async () => {
    const there = await start();
    const provider = await discoverProvider(there.settings);
    const { url, loginState } = await beginLogin(provider, REQUEST, Date.now());
    const identity = await finishLogin(
      provider,
      { currentUrl: there.visit(url), loginState },
      Date.now(),
    );
    const { idToken, ...rest } = identity;
    expect(rest).toEqual({
      issuer: there.issuer,
      subject: "person-1",
      email: "ada@acme.example",
      emailVerified: true,
      name: "Ada",
      groups: ["admins"],
      sid: "their-session",
    });
    expect(idToken.split(".")).toHaveLength(3);
    expect(there.paths).not.toContain("/userinfo");
  });

  it("sends PKCE S256, state, nonce and the exact redirect URI, never the verifier", async () => {
    const there = await start();
    const provider = await discoverProvider(there.settings);
    const scoped = { ...REQUEST, scope: "email groups", loginHint: "ada@acme.example" };
    const { url, loginState } = await beginLogin(provider, scoped, 5);
    const asked = Object.fromEntries(new URL(url).searchParams);
    expect(asked).toEqual({
      client_id: CLIENT_ID,
      response_type: "code",
      redirect_uri: REDIRECT_URI,
      scope: "openid email groups",
      state: loginState.state,
      nonce: loginState.nonce,
      code_challenge: createHash("sha256").update(loginState.codeVerifier).digest("base64url"),
      code_challenge_method: "S256",
      login_hint: "ada@acme.example",
    });
    expect(url).not.toContain(loginState.codeVerifier);
    const values = [loginState.state, loginState.nonce, loginState.codeVerifier];
    expect(new Set(values).size).toBe(3);
    expect(values.every((value) => value.length >= 43)).toBe(true);
  });

  it("tolerates a clock that is 50 s off, either way", async () => {
    await logIn({ claims: (claims) => ({ ...claims, exp: seconds() - 50 }) });
    await logIn({ claims: (claims) => ({ ...claims, iat: seconds() + 50, nbf: seconds() + 50 }) });
  });

  it("asks the userinfo endpoint only when the ID token has no address", async () => {
    const identity = await logIn({
      claims: ({ email: _email, email_verified: _verified, ...claims }) => claims,
      userinfo: { sub: "person-1", email: "ada@acme.example", email_verified: true, sid: "x" },
    });
    expect(identity).toMatchObject({
      email: "ada@acme.example",
      emailVerified: true,
      sid: "their-session",
    });
  });

  it("accepts two audiences when azp is us, and a right at_hash", async () => {
    const half = createHash("sha256").update("access").digest().subarray(0, 16);
    await logIn({
      claims: (claims) => ({
        ...claims,
        aud: [CLIENT_ID, "another"],
        azp: CLIENT_ID,
        at_hash: half.toString("base64url"),
      }),
    });
  });

  it("goes on when the metadata does not mention PKCE and we have a secret", async () => {
    const there = await start({
      metadata: ({ code_challenge_methods_supported: _methods, ...rest }) => rest,
    });
    const provider = await discoverProvider(there.settings);
    expect(provider.facts.pkce).toBe("unstated");
  });

  it("gives the address of the provider's logout", async () => {
    const there = await start();
    const provider = await discoverProvider(there.settings);
    const url = endSessionUrl(provider, {
      idToken: "hint",
      postLogoutRedirectUri: "http://localhost:4000/",
    });
    expect(Object.fromEntries(new URL(url ?? "").searchParams)).toEqual({
      client_id: CLIENT_ID,
      id_token_hint: "hint",
      post_logout_redirect_uri: "http://localhost:4000/",
    });
  });

  it("has no logout address where the provider has none", async () => {
    const there = await start({ metadata: ({ end_session_endpoint: _end, ...rest }) => rest });
    const provider = await discoverProvider(there.settings);
    const request = { idToken: null, postLogoutRedirectUri: "http://localhost:4000/" };
    expect(endSessionUrl(provider, request)).toBeUndefined();
  });
});

describe("a login with a hostile provider is refused", () => {
  const claim =
    (wrong: Record<string, unknown>): Wrongs["claims"] =>
    (claims) => ({ ...claims, ...wrong });
  const endless = (response: import("node:http").ServerResponse) => {
    response.writeHead(200, { "content-type": "application/json" });
    const drip = setInterval(() => response.write(" "), 20);
    response.on("close", () => clearInterval(drip));
  };
  const hmacWithPublicKey: Wrongs["sign"] = async (claims, { jwk }) => {
    const text = unsigned({ alg: "HS256", kid: "one" }, claims).slice(0, -1);
    const mac = createHmac("sha256", JSON.stringify(jwk)).update(text).digest("base64url");
    return `${text}.${mac}`;
  };

  const cases: [string, LoginErrorCode, Wrongs][] = [
    ["wrong iss", "token_issuer", { claims: claim({ iss: "https://evil.example" }) }],
    ["wrong aud", "token_audience", { claims: claim({ aud: "another" }) }],
    ["empty aud", "token_audience", { claims: claim({ aud: [] }) }],
    ["two aud without azp", "token_audience", { claims: claim({ aud: [CLIENT_ID, "x"] }) }],
    [
      "two aud, azp another",
      "token_audience",
      { claims: claim({ aud: [CLIENT_ID, "x"], azp: "x" }) },
    ],
    ["one aud, azp another", "token_audience", { claims: claim({ azp: "another" }) }],
    ["wrong nonce", "token_nonce", { claims: claim({ nonce: "another" }) }],
    ["missing nonce", "token_malformed", { claims: ({ nonce: _nonce, ...rest }) => rest }],
    ["expired", "token_time", { claims: claim({ exp: seconds() - 75 }) }],
    ["issued in the future", "token_time", { claims: claim({ iat: seconds() + 90 }) }],
    ["not valid yet", "token_time", { claims: claim({ nbf: seconds() + 90 }) }],
    ["no exp", "token_malformed", { claims: ({ exp: _exp, ...rest }) => rest }],
    ["missing sub", "token_malformed", { claims: ({ sub: _sub, ...rest }) => rest }],
    ["empty sub", "token_malformed", { claims: claim({ sub: "" }) }],
    ["sub with U+0000", "token_malformed", { claims: claim({ sub: "a\u0000b" }) }],
    ["sub that is a number", "token_malformed", { claims: claim({ sub: 7 }) }],
    ["wrong at_hash", "token_malformed", { claims: claim({ at_hash: "AAAAAAAAAAAAAAAAAAAAAA" }) }],
    ["huge token", "token_malformed", { claims: claim({ pad: "x".repeat(40_000) }) }],
    ["alg none", "token_signature", { sign: async (claims) => unsigned({ alg: "none" }, claims) }],
    [
      "alg none, announced",
      "token_signature",
      {
        metadata: (right) => ({
          ...right,
          id_token_signing_alg_values_supported: ["RS256", "none"],
        }),
        sign: async (claims) => unsigned({ alg: "none" }, claims),
      },
    ],
    ["HS256 with the public key", "token_signature", { sign: hmacWithPublicKey }],
    [
      "HS256 with the public key, announced",
      "token_signature",
      {
        metadata: (right) => ({
          ...right,
          id_token_signing_alg_values_supported: ["RS256", "HS256"],
        }),
        sign: hmacWithPublicKey,
      },
    ],
    [
      "unknown kid",
      "token_signature",
      { sign: (claims, own) => sign(claims, own, { kid: "unknown" }) },
    ],
    ["another key, same kid", "token_signature", { sign: (claims) => sign(claims, otherKeys) }],
    [
      "no signature",
      "token_signature",
      { sign: async (claims) => unsigned({ alg: "RS256", kid: "one" }, claims) },
    ],
    [
      "embedded jwk",
      "token_signature",
      { sign: (claims) => sign(claims, otherKeys, { kid: "two", jwk: otherKeys.jwk }) },
    ],
    [
      "crit",
      "token_signature",
      {
        sign: async (claims) =>
          unsigned({ alg: "RS256", kid: "one", crit: ["exp"], exp: 1 }, claims, "AAAA"),
      },
    ],
    [
      "padded token",
      "token_malformed",
      { tokenAnswer: (right) => ({ ...right, id_token: `${String(right["id_token"])}==` }) },
    ],
    ["no ID token", "token_malformed", { tokenAnswer: ({ id_token: _id, ...rest }) => rest }],
    [
      "an ID token that is none",
      "token_malformed",
      { tokenAnswer: (right) => ({ ...right, id_token: "x" }) },
    ],
    [
      "mix-up: iss of another",
      "wrong_issuer",
      { callback: (p) => p.set("iss", "https://evil.example") },
    ],
    ["mix-up: iss left out", "wrong_issuer", { callback: (p) => p.delete("iss") }],
    ["wrong state", "state_mismatch", { callback: (p) => p.set("state", "another") }],
    ["no state", "state_mismatch", { callback: (p) => p.delete("state") }],
    ["state twice", "callback_invalid", { callback: (p) => p.append("state", "another") }],
    ["code twice", "callback_invalid", { callback: (p) => p.append("code", "another") }],
    ["no code", "callback_invalid", { callback: (p) => p.delete("code") }],
    ["a code of another login", "provider_refused", { callback: (p) => p.set("code", "stolen") }],
    ["implicit token", "callback_invalid", { callback: (p) => p.set("id_token", "x") }],
    ["access denied", "provider_refused", { callback: (p) => p.set("error", "access_denied") }],
    ["500 at the token endpoint", "provider_unreachable", { token: (r) => sendJson(r, 500, {}) }],
    ["HTML at the token endpoint", "provider_invalid", { token: (r) => void r.end("<p>hello") }],
    ["silence at the token endpoint", "provider_unreachable", { token: () => undefined }],
    ["an endless answer", "provider_unreachable", { token: endless }],
    ["a cut connection", "provider_unreachable", { token: (r) => void r.destroy() }],
    [
      "a huge answer",
      "provider_invalid",
      { token: (r) => sendJson(r, 200, { x: "x".repeat(600_000) }) },
    ],
    [
      "a redirect on the keys",
      "provider_invalid",
      { jwks: (r) => void r.writeHead(302, { location: "https://evil.example/jwks" }).end() },
    ],
    ["502 on the keys", "provider_unreachable", { jwks: (r) => sendJson(r, 502, {}) }],
    ["no keys", "token_signature", { jwks: (r) => sendJson(r, 200, { keys: [] }) }],
    [
      "userinfo of another person",
      "provider_invalid",
      {
        claims: ({ email: _email, ...rest }) => rest,
        userinfo: { sub: "person-2", email: "boss@acme.example" },
      },
    ],
  ];

  it.each(cases)("%s → %s", async (_name, code, wrongs) => {
    const refusal = await refusalOf(logIn(wrongs));
    expect(`${refusal.code}: ${refusal.detail}`).toMatch(new RegExp(`^${code}: .`));
  });

  it("with a client it does not know", async () => {
    const token: Wrongs["token"] = (response) => {
      response.setHeader("www-authenticate", 'Basic realm="them"');
      sendJson(response, 401, { error: "invalid_client" });
    };
    const refusal = await refusalOf(logIn({ token }));
    expect(refusal).toMatchObject({ code: "provider_refused", providerError: "invalid_client" });
  });

  it("naming the provider's own reason where it gives one", async () => {
    const refusal = await refusalOf(logIn({ callback: (p) => p.set("error", "access_denied") }));
    expect(refusal.providerError).toBe("access_denied");
    const odd = await refusalOf(logIn({ callback: (p) => p.set("error", "<script>") }));
    expect(odd).toMatchObject({ code: "provider_refused", providerError: null });
  });

  it("and the log learns by how much the clock is off", async () => {
    const refusal = await refusalOf(
      logIn({ claims: (claims) => ({ ...claims, iat: seconds() + 120 }) }),
    );
    expect(refusal.detail).toMatch(/^iat is 1(19|20) s in the future$/);
  });

  it("when it took over ten minutes, with nothing asked of the provider", async () => {
    const there = await start();
    const provider = await discoverProvider(there.settings);
    const { url, loginState } = await beginLogin(provider, REQUEST, Date.now() - 601_000);
    const login = finishLogin(provider, { currentUrl: there.visit(url), loginState }, Date.now());
    expect((await refusalOf(login)).code).toBe("expired");
    expect(there.paths).not.toContain("/token");
  });

  it("when it was begun with another provider", async () => {
    const [honest, evil] = [await start(), await start()];
    const { url, loginState } = await beginLogin(
      await discoverProvider(honest.settings),
      REQUEST,
      Date.now(),
    );
    const provider = await discoverProvider(evil.settings);
    const login = finishLogin(provider, { currentUrl: honest.visit(url), loginState }, Date.now());
    expect((await refusalOf(login)).code).toBe("wrong_issuer");
    expect(evil.paths).not.toContain("/token");
  });

  it("when a code is used with another login's verifier", async () => {
    const there = await start();
    const provider = await discoverProvider(there.settings);
    const victim = await beginLogin(provider, REQUEST, Date.now());
    const attacker = await beginLogin(provider, REQUEST, Date.now());
    const stolen = new URL(there.visit(victim.url), REDIRECT_URI);
    stolen.searchParams.set("state", attacker.loginState.state);
    const callback = { currentUrl: stolen.href, loginState: attacker.loginState };
    const refusal = await refusalOf(finishLogin(provider, callback, Date.now()));
    expect(refusal.code).toBe("provider_refused");
  });
});

describe("discovery refuses", () => {
  const change =
    (wrong: Record<string, unknown>): Wrongs["metadata"] =>
    (right) => ({ ...right, ...wrong });

  const cases: [string, LoginErrorCode, Wrongs][] = [
    [
      "another issuer's metadata",
      "wrong_issuer",
      { metadata: change({ issuer: "https://evil.example" }) },
    ],
    [
      "metadata without a key set",
      "provider_invalid",
      { metadata: change({ jwks_uri: undefined }) },
    ],
    [
      "a script as login page",
      "provider_insecure",
      { metadata: change({ authorization_endpoint: "javascript:alert(1)" }) },
    ],
    ["a relative endpoint", "provider_invalid", { metadata: change({ token_endpoint: "/token" }) }],
    [
      "plain PKCE only",
      "no_pkce",
      { metadata: change({ code_challenge_methods_supported: ["plain"] }) },
    ],
    [
      "HMAC only",
      "no_usable_algorithm",
      { metadata: change({ id_token_signing_alg_values_supported: ["HS256", "none"] }) },
    ],
    ["what is not JSON", "provider_invalid", { discovery: (r) => void r.end("<p>hello") }],
    ["a missing document", "provider_invalid", { discovery: (r) => sendJson(r, 404, {}) }],
    [
      "a redirect",
      "provider_invalid",
      { discovery: (r) => void r.writeHead(301, { location: "/" }).end() },
    ],
    [
      "an endless document",
      "provider_invalid",
      { discovery: (r) => void r.end("x".repeat(600_000)) },
    ],
    ["silence", "provider_unreachable", { discovery: () => undefined }],
    ["503", "provider_unreachable", { discovery: (r) => sendJson(r, 503, {}) }],
  ];

  it.each(cases)("%s → %s", async (_name, code, wrongs) => {
    const { settings } = await start(wrongs);
    const refusal = await refusalOf(discoverProvider({ ...settings, timeoutMs: 300 }));
    expect(`${refusal.code}: ${refusal.detail}`).toMatch(new RegExp(`^${code}: .`));
  });

  it("a provider that is not there", async () => {
    const { settings, close } = await start();
    await close();
    open.length = 0;
    expect((await refusalOf(discoverProvider(settings))).code).toBe("provider_unreachable");
  });

  it("silence about PKCE when there is no client secret", async () => {
    const { settings } = await start({
      metadata: ({ code_challenge_methods_supported: _methods, ...rest }) => rest,
    });
    const refusal = await refusalOf(discoverProvider({ ...settings, clientSecret: null }));
    expect(refusal.code).toBe("no_pkce");
  });

  it("http unless told, before any request", async () => {
    const { settings, paths } = await start();
    const refusal = await refusalOf(discoverProvider({ ...settings, allowInsecure: false }));
    expect(refusal.code).toBe("provider_insecure");
    expect(paths).toEqual([]);
  });

  it("an https issuer's http endpoint, even when told that http is allowed", async () => {
    const issuer = "https://idp.example";
    const document = {
      ...{ issuer, jwks_uri: `${issuer}/jwks`, authorization_endpoint: `${issuer}/authorize` },
      token_endpoint: "http://idp.example/token",
      code_challenge_methods_supported: ["S256"],
    };
    const fetch = async () => Response.json(document);
    const settings = { issuer, clientId: CLIENT_ID, clientSecret: "x", allowInsecure: true, fetch };
    expect((await refusalOf(discoverProvider(settings))).code).toBe("provider_insecure");
  });

  it("an issuer of Microsoft's that stands for everybody's directory", async () => {
    const issuer = "https://login.microsoftonline.com/common/v2.0";
    const named = "https://login.microsoftonline.com/{tenantid}/v2.0";
    const fetch = async () => Response.json({ issuer: named });
    const settings = {
      issuer,
      clientId: CLIENT_ID,
      clientSecret: "x",
      allowInsecure: false,
      fetch,
    };
    expect((await refusalOf(discoverProvider(settings))).code).toBe("wrong_issuer");
  });

  it.each([
    "not a url",
    "https://idp.example/?tenant=1",
    "https://idp.example/#x",
    "https://user:pass@idp.example/",
    "https://idp.example/.well-known/openid-configuration",
  ])("%s as an issuer", async (issuer) => {
    const settings = { issuer, clientId: CLIENT_ID, clientSecret: "x", allowInsecure: false };
    expect((await refusalOf(discoverProvider(settings))).code).toBe("provider_invalid");
  });
});
