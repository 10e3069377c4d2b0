import { createHash } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, logIn, REQUEST, refusalOf, start } from "../test/log-in.ts";
import { CLIENT_ID, REDIRECT_URI, type Wrongs } from "../test/test-provider.ts";
import { beginLogin, discoverProvider, endSessionUrl, finishLogin } from "./oidc.ts";

afterEach(closeAll);

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
      groupsWithheld: false,
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

  it.each([
    [undefined, undefined, "Basic"],
    [["client_secret_basic"], undefined, "Basic"],
    [["client_secret_basic", "client_secret_post"], undefined, "body"],
    [["client_secret_basic", "client_secret_post"], "client_secret_basic", "Basic"],
    [undefined, "client_secret_post", "body"],
  ] as const)("announced %s, told %s: the secret goes by %s", async (announced, told, way) => {
    const there = await start({
      metadata: (right) => ({ ...right, token_endpoint_auth_methods_supported: announced }),
    });
    const provider = await discoverProvider({
      ...there.settings,
      ...(told === undefined ? {} : { clientAuthMethod: told }),
    });
    const { url, loginState } = await beginLogin(provider, REQUEST, Date.now());
    await finishLogin(provider, { currentUrl: there.visit(url), loginState }, Date.now());
    expect(there.clientAuth).toEqual([way]);
  });

  it("tolerates a clock that is 50 s off, either way", async () => {
    const slow = await logIn({ claims: (claims) => ({ ...claims, exp: seconds() - 50 }) });
    const fast = await logIn({
      claims: (claims) => ({ ...claims, iat: seconds() + 50, nbf: seconds() + 50 }),
    });
    expect([slow.subject, fast.subject]).toEqual(["person-1", "person-1"]);
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

  it("asks it for groups that the ID token says are elsewhere, and takes nothing else from it", async () => {
    const identity = await logIn({
      claims: ({ groups: _groups, email_verified: _verified, ...claims }) => ({
        ...claims,
        _claim_names: { groups: "src1" },
      }),
      userinfo: {
        sub: "person-1",
        groups: ["ops"],
        email: "boss@acme.example",
        email_verified: true,
      },
    });
    expect(identity).toMatchObject({
      email: "ada@acme.example",
      emailVerified: false,
      groups: ["ops"],
      groupsWithheld: false,
    });
  });

  it.each([
    ["are null", { groups: null, hasgroups: true }],
    ["are null and the address is lacking", { groups: null, hasgroups: true, email: undefined }],
  ])("takes them from it where those of the ID token %s", async (_, claims) => {
    const identity = await logIn({
      claims: (right) => ({ ...right, ...claims }),
      userinfo: { sub: "person-1", groups: ["ops"], email: "ada@acme.example" },
    });
    expect(identity).toMatchObject({
      email: "ada@acme.example",
      groups: ["ops"],
      groupsWithheld: false,
    });
  });

  it.each([
    [
      "is not there",
      { metadata: (right) => ({ ...right, userinfo_endpoint: "http://127.0.0.1:1/userinfo" }) },
    ],
    ["answers for another person", { userinfo: { sub: "person-2", groups: ["ops"] } }],
  ] satisfies [string, Wrongs][])("leaves groups withheld when userinfo %s", async (_, wrongs) => {
    const identity = await logIn({
      ...wrongs,
      claims: ({ groups: _groups, ...claims }) => ({ ...claims, hasgroups: true }),
    });
    expect(identity).toMatchObject({
      email: "ada@acme.example",
      groups: [],
      groupsWithheld: true,
    });
  });

  it("fails where userinfo is not there and the address is lacking, too", async () => {
    const login = logIn({
      metadata: (right) => ({ ...right, userinfo_endpoint: "http://127.0.0.1:1/userinfo" }),
      claims: ({ groups: _groups, email: _email, ...claims }) => ({ ...claims, hasgroups: true }),
    });
    expect((await refusalOf(login)).code).toBe("provider_unreachable");
  });

  it("accepts two audiences when azp is us, and a right at_hash", async () => {
    const half = createHash("sha256").update("access").digest().subarray(0, 16);
    const identity = await logIn({
      claims: (claims) => ({
        ...claims,
        aud: [CLIENT_ID, "another"],
        azp: CLIENT_ID,
        at_hash: half.toString("base64url"),
      }),
    });
    expect(identity.subject).toBe("person-1");
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
