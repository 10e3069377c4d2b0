import { makeId } from "@aic-sos/contract/ids";
import { describe, expect, it } from "vitest";
import { formatSessionCookie } from "./credential.ts";
import { buildSessionCookie, clearSessionCookie, readSessionCookie } from "./session-cookie.ts";

const session = {
  tenantId: makeId(1, 1, new Uint8Array(8).fill(1)),
  id: makeId(1, 2, new Uint8Array(8).fill(2)),
  secret: "s".repeat(43),
};
const value = formatSessionCookie(session);
const cookie = `__Host-aic_session=${value}`;

describe("the session cookie", () => {
  it("is out of reach of scripts, plain http, other hosts and cross-site requests", () => {
    expect(buildSessionCookie(session, 604_800)).toBe(
      `${cookie}; Max-Age=604800; Path=/; HttpOnly; Secure; SameSite=Lax`,
    );
    expect(clearSessionCookie()).toBe(
      "__Host-aic_session=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax",
    );
  });

  it("cannot smuggle an attribute", () => {
    const smuggled = { ...session, secret: "x; Domain=evil.example" };
    expect(() => buildSessionCookie(smuggled, 1)).toThrow(TypeError);
    expect(() => buildSessionCookie(session, 1.5)).toThrow(RangeError);
  });

  it.each([cookie, `a=1; ${cookie}`, `${cookie};b=2`, `a="x;  ${cookie} ;=;;`])(
    "is found in %s",
    (header) => {
      expect(readSessionCookie(header)).toEqual({
        kind: "session",
        credential: { kind: "session", ...session },
        text: value,
      });
    },
  );

  it.each([
    undefined,
    "",
    "a=1",
    "x__Host-aic_session=1",
    "__host-aic_session=1",
    "__Host-aic_session",
  ])("is not found in %s", (header) => {
    expect(readSessionCookie(header)).toEqual({ kind: "none" });
  });

  it.each([
    `${cookie}; ${cookie}`,
    `${cookie}; __Host-aic_session=`,
    `__Host-aic_session=x;${cookie}`,
    `__Host-aic_session =x; ${cookie}`,
  ])("is refused when it comes twice: %s", (header) => {
    expect(readSessionCookie(header)).toEqual({ kind: "malformed" });
  });

  it.each([
    `__Host-aic_session="${value}"`,
    `${cookie}\u00a0`,
    "__Host-aic_session=",
    `${cookie}=`,
  ])("is refused when it is out of form: %s", (header) => {
    expect(readSessionCookie(header)).toEqual({ kind: "malformed" });
  });

  it("is refused in a header of unreasonable length", () => {
    expect(readSessionCookie(`${cookie}; a=${"x".repeat(20_000)}`)).toEqual({ kind: "malformed" });
  });
});
