import { createHmac } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { JWTPayload } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeAll, refusalOf, sharedKeys, start } from "../test/log-in.ts";
import {
  CLIENT_ID,
  type Keys,
  makeKeys,
  sendJson,
  sign,
  type TestProvider,
  unsigned,
} from "../test/test-provider.ts";
import type { LoginErrorCode } from "./login-error.ts";
import { verifyLogoutToken } from "./logout-token.ts";
import { discoverProvider, type Provider } from "./oidc.ts";

const EVENTS = { "http://schemas.openid.net/event/backchannel-logout": {} };
const seconds = () => Math.floor(Date.now() / 1000);

let there: TestProvider;
let provider: Provider;
let keys: Keys;
const others = await makeKeys();

beforeAll(async () => {
  there = await start();
  provider = await discoverProvider(there.settings);
  keys = await sharedKeys();
});
afterAll(closeAll);

const right = (): JWTPayload => ({
  iss: there.issuer,
  aud: CLIENT_ID,
  iat: seconds(),
  exp: seconds() + 120,
  jti: "one",
  events: EVENTS,
  sub: "person-1",
  sid: "their-session",
});

const check = (text: string, by = provider) => verifyLogoutToken(by, text, Date.now());

describe("a logout token", () => {
  const good: [string, JWTPayload, Record<string, unknown>, [string | null, string | null]?][] = [
    ["by its session and its person", {}, {}, ["person-1", "their-session"]],
    ["by its session alone", { sub: undefined }, {}, [null, "their-session"]],
    ["by its person alone", { sid: undefined }, {}, ["person-1", null]],
    ["of the standard type", {}, { typ: "logout+jwt" }, ["person-1", "their-session"]],
    ["without exp, which older providers leave out", { exp: undefined }, {}],
    ["with the audience as a list", { aud: [CLIENT_ID] }, {}],
    ["50 s ahead of our clock", { iat: seconds() + 50 }, {}],
    ["50 s past its end by our clock", { exp: seconds() - 50 }, {}],
  ];
  it.each(good)("says whose sessions end: %s", async (_, claims, header, whose) => {
    const token = await check(await sign({ ...right(), ...claims }, keys, header));
    expect(token).toMatchObject({ issuer: there.issuer, jti: "one" });
    if (whose) expect([token.subject, token.sid]).toEqual(whose);
  });

  const claim = (wrong: object) => () => sign({ ...right(), ...wrong }, keys);
  const hmac = () => {
    const text = unsigned({ alg: "HS256", kid: "one" }, right()).slice(0, -1);
    const mac = createHmac("sha256", JSON.stringify(keys.jwk)).update(text).digest("base64url");
    return `${text}.${mac}`;
  };
  const cases: [string, LoginErrorCode, () => Promise<string> | string][] = [
    ["wrong iss", "token_issuer", claim({ iss: "https://evil.example" })],
    ["wrong aud", "token_audience", claim({ aud: "another" })],
    ["two aud", "token_audience", claim({ aud: [CLIENT_ID, "another"] })],
    ["no aud", "token_audience", claim({ aud: undefined })],
    ["no iat", "token_malformed", claim({ iat: undefined })],
    ["from the future", "token_time", claim({ iat: seconds() + 90 })],
    ["too old", "token_time", claim({ iat: seconds() - 700, exp: undefined })],
    ["expired", "token_time", claim({ exp: seconds() - 75 })],
    ["not valid yet", "token_time", claim({ nbf: seconds() + 90 })],
    ["no jti", "token_malformed", claim({ jti: undefined })],
    ["a jti that is no text", "token_malformed", claim({ jti: 7 })],
    ["no events", "token_malformed", claim({ events: undefined })],
    ["another event", "token_malformed", claim({ events: { "https://x.example/e": {} } })],
    ["events that are a list", "token_malformed", claim({ events: Object.keys(EVENTS) })],
    ["a nonce: an ID token", "token_nonce", claim({ nonce: "x" })],
    ["neither sid nor sub", "token_malformed", claim({ sid: undefined, sub: undefined })],
    ["an empty sid", "token_malformed", claim({ sid: "" })],
    ["a sid that is a number", "token_malformed", claim({ sid: 1 })],
    ["a sub with a blank", "token_malformed", claim({ sub: "a b" })],
    ["alg none", "token_signature", () => unsigned({ alg: "none" }, right())],
    ["HS256 with the public key", "token_signature", hmac],
    ["unknown kid", "token_signature", () => sign(right(), keys, { kid: "unknown" })],
    ["another key, same kid", "token_signature", () => sign(right(), others)],
    ["no signature", "token_signature", () => unsigned({ alg: "RS256", kid: "one" }, right())],
    [
      "an embedded key",
      "token_signature",
      () => sign(right(), others, { kid: "two", jwk: others.jwk }),
    ],
    ["an access token", "token_malformed", () => sign(right(), keys, { typ: "at+jwt" })],
    ["padding", "token_malformed", async () => `${await sign(right(), keys)}==`],
    ["a blank", "token_malformed", async () => ` ${await sign(right(), keys)}`],
    ["no token", "token_malformed", () => ""],
    ["a huge token", "token_malformed", claim({ pad: "x".repeat(20_000) })],
  ];
  it.each(cases)("is refused with %s → %s", async (_, code, make) => {
    expect((await refusalOf(check(await make()))).code).toBe(code);
  });

  const badKeys: [string, LoginErrorCode, (response: ServerResponse) => void][] = [
    [
      "a redirect",
      "provider_invalid",
      (r) => void r.writeHead(302, { location: "https://evil.example/" }).end(),
    ],
    ["502", "provider_unreachable", (r) => sendJson(r, 502, {})],
    ["404", "provider_invalid", (r) => sendJson(r, 404, {})],
    ["nonsense", "provider_invalid", (r) => void r.end("<p>")],
    ["no keys", "token_signature", (r) => sendJson(r, 200, { keys: [] })],
  ];
  it.each(badKeys)("is refused when the provider's keys are %s → %s", async (_, code, jwks) => {
    const broken = await start({ jwks });
    const text = await sign({ ...right(), iss: broken.issuer }, keys);
    const refusal = refusalOf(check(text, await discoverProvider(broken.settings)));
    expect((await refusal).code).toBe(code);
  });
});
