import { afterEach, describe, expect, it } from "vitest";
import { closeAll, refusalOf, start } from "../test/log-in.ts";
import { CLIENT_ID, sendJson, type Wrongs } from "../test/test-provider.ts";
import type { LoginErrorCode } from "./login-error.ts";
import { discoverProvider } from "./oidc.ts";

afterEach(closeAll);

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
    expect((await refusalOf(discoverProvider(settings))).code).toBe("provider_unreachable");
  });

  it("a redirect, and says so", async () => {
    const { settings } = await start({
      discovery: (response) => void response.writeHead(301, { location: "/" }).end(),
    });
    const refusal = await refusalOf(discoverProvider(settings));
    expect(refusal.detail).toBe(
      `${settings.issuer}/.well-known/openid-configuration answered with a redirect, which is not followed`,
    );
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
      issuer,
      jwks_uri: `${issuer}/jwks`,
      authorization_endpoint: `${issuer}/authorize`,
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
