import { describe, expect, it } from "vitest";
import { isRegistrable, mayRedirectTo } from "./redirect-uri.ts";

const REGISTERED = [
  "http://127.0.0.1/callback",
  "http://[::1]/callback",
  "com.example.app:/oauth2redirect",
];

describe("a native app may be sent back", () => {
  it.each([
    "http://127.0.0.1/callback",
    "http://127.0.0.1:1/callback",
    "http://127.0.0.1:49152/callback",
    "http://127.0.0.1:65535/callback",
    "http://[::1]:49152/callback",
    "com.example.app:/oauth2redirect",
  ])("to %s", (uri) => {
    expect(mayRedirectTo(uri, REGISTERED)).toBe(true);
  });

  it.each([
    "",
    "http://127.0.0.1:65536/callback",
    "http://127.0.0.1:0/callback",
    "http://127.0.0.1:080/callback",
    "http://127.0.0.1:/callback",
    "http://127.0.0.1/",
    "http://127.0.0.1/callback/",
    "http://127.0.0.1/callback?x=1",
    "http://127.0.0.1/callback#x",
    "http://127.0.0.1/other",
    "http://127.0.0.1/Callback",
    "http://127.0.0.1/%63allback",
    "http://127.0.0.1/x/../callback",
    "https://127.0.0.1/callback",
    "HTTP://127.0.0.1/callback",
    "http://127.0.0.2/callback",
    "http://127.1/callback",
    "http://2130706433/callback",
    "http://0.0.0.0/callback",
    "http://localhost/callback",
    "http://127.0.0.1.evil.example/callback",
    "http://127.0.0.1@evil.example/callback",
    "http://user@127.0.0.1/callback",
    "http://evil.example/callback",
    "http://[::2]/callback",
    "http://[0:0:0:0:0:0:0:1]/callback",
    " http://127.0.0.1/callback",
    "http://127.0.0.1/callback\n",
    "http:\\\\127.0.0.1\\callback",
    "com.example.app:/oauth2redirect/",
    "com.example.app://oauth2redirect",
    "COM.example.app:/oauth2redirect",
    "com.example.other:/oauth2redirect",
    "javascript:alert(1)",
    "data:text/html,x",
  ])("never to %j", (uri) => {
    expect(mayRedirectTo(uri, REGISTERED)).toBe(false);
  });
});

describe("a client can be registered", () => {
  it("with loopback addresses without a port, and with its own scheme", () => {
    for (const uri of REGISTERED) expect(isRegistrable(uri), uri).toBe(true);
  });

  it("not with what belongs to somebody else, or to nobody", () => {
    for (const uri of [
      "http://127.0.0.1:8080/callback",
      "http://localhost/callback",
      "http://app.example/callback",
      "myapp:/callback",
      "javascript:alert(1)",
      "com.example.app://host/callback",
      "com.example.app:callback",
      "",
    ])
      expect(isRegistrable(uri), uri).toBe(false);
  });
});
