import { createHmac } from "node:crypto";
import type { ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, logIn, REQUEST, refusalOf, start } from "../test/log-in.ts";
import {
  CLIENT_ID,
  makeKeys,
  REDIRECT_URI,
  sendJson,
  sign,
  unsigned,
  type Wrongs,
} from "../test/test-provider.ts";
import type { LoginErrorCode } from "./login-error.ts";
import { beginLogin, discoverProvider, finishLogin } from "./oidc.ts";

afterEach(closeAll);

const seconds = () => Math.floor(Date.now() / 1000);
const otherKeys = await makeKeys();

describe("a login with a hostile provider is refused", () => {
  const claim =
    (wrong: Record<string, unknown>): Wrongs["claims"] =>
    (claims) => ({ ...claims, ...wrong });
  const endless = (response: ServerResponse) => {
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
