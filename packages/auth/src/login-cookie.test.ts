import { randomBytes } from "node:crypto";
import { CompactEncrypt } from "jose";
import { describe, expect, it } from "vitest";
import { LoginError } from "./login-error.ts";
import {
  buildLoginCookie,
  clearLoginCookie,
  openLoginState,
  readLoginCookie,
  sealLoginState,
} from "./login-cookie.ts";
import type { LoginState } from "./login-state.ts";

const NOW = 1_700_000_000_000;
const key = randomBytes(32);
const login: LoginState = {
  state: "s".repeat(43),
  nonce: "n".repeat(43),
  codeVerifier: "planted-verifier".padEnd(43, "v"),
  issuer: "https://idp.example",
  redirectUri: "https://aic.example/auth/callback",
  tenantId: "01890000-0000-8001-8000-000000000001",
  providerId: null,
  returnTo: "/workflows?page=2",
  invitation: `inv_${"a".repeat(108)}`,
  createdAt: NOW,
};

const open = (value: string, now = NOW, under: Uint8Array = key) =>
  openLoginState(under, { kind: "value", value }, now);

async function codeOf(opening: Promise<unknown>): Promise<string> {
  const failure: unknown = await opening.catch((error: unknown) => error);
  return failure instanceof LoginError ? failure.code : `no LoginError: ${String(failure)}`;
}

describe("the login cookie", () => {
  it("brings the state back, and hides it on the way", async () => {
    const sealed = await sealLoginState(key, login);
    expect(await open(sealed)).toEqual(login);
    const decoded = sealed
      .split(".")
      .map((part) => Buffer.from(part, "base64url").toString("latin1"));
    expect(decoded.join()).not.toMatch(/planted|workflows|idp\.example/);
    const header = `a=1; ${buildLoginCookie(sealed).split(";")[0]}`;
    expect(await openLoginState(key, readLoginCookie(header), NOW)).toEqual(login);
  });

  it("lasts ten minutes, in the browser and inside", async () => {
    const sealed = await sealLoginState(key, login);
    expect(buildLoginCookie(sealed)).toBe(
      `__Host-aic_login=${sealed}; Max-Age=600; Path=/; HttpOnly; Secure; SameSite=Lax`,
    );
    expect(await open(sealed, NOW + 600_000)).toEqual(login);
    expect(await codeOf(open(sealed, NOW + 601_000))).toBe("expired");
    expect(await codeOf(open(sealed, NOW - 61_000))).toBe("expired");
  });

  it("is cleared with the same attributes", () => {
    expect(clearLoginCookie()).toBe(
      "__Host-aic_login=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax",
    );
  });

  it("with any one character changed is refused", async () => {
    const sealed = await sealLoginState(key, login);
    for (let place = 0; place < sealed.length; place++) {
      const here = sealed[place];
      for (const wrong of here === "." ? "A" : [here === "A" ? "B" : "A", ".", "="]) {
        const twin = sealed.slice(0, place) + wrong + sealed.slice(place + 1);
        expect(await codeOf(open(twin))).toBe("state_mismatch");
      }
    }
  });

  it("has one text only: padded, blank and sloppy twins are refused", async () => {
    const sealed = await sealLoginState(key, login);
    const last = sealed.at(-1) ?? "";
    const sloppy = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const twins = sloppy
      .split("")
      .filter((each) => each !== last)
      .map((each) => sealed.slice(0, -1) + each);
    for (const twin of [
      `${sealed}=`,
      `${sealed}==`,
      ` ${sealed}`,
      `${sealed}\n`,
      `${sealed}.`,
      ...twins,
    ]) {
      expect(await codeOf(open(twin))).toBe("state_mismatch");
    }
  });

  it("under another key is refused", async () => {
    const sealed = await sealLoginState(key, login);
    expect(await codeOf(open(sealed, NOW, randomBytes(32)))).toBe("state_mismatch");
  });

  it("that is absent, empty or sent twice is refused", async () => {
    expect(await codeOf(openLoginState(key, readLoginCookie(undefined), NOW))).toBe(
      "state_mismatch",
    );
    expect(await codeOf(open(""))).toBe("state_mismatch");
    const twice = readLoginCookie("__Host-aic_login=a; __Host-aic_login=b");
    expect(await codeOf(openLoginState(key, twice, NOW))).toBe("state_mismatch");
  });

  it("of another form or purpose under the same key is refused", async () => {
    const write = (body: object, typ: string | undefined, alg = "dir") =>
      new CompactEncrypt(Buffer.from(JSON.stringify(body)))
        .setProtectedHeader({ alg, enc: "A256GCM", ...(typ === undefined ? {} : { typ }) })
        .encrypt(key);
    expect(await open(await write(login, "aic-login-1"))).toEqual(login);
    const strangers = [
      write(login, undefined),
      write(login, "other"),
      write(login, "aic-login-1", "A256KW"),
      write([], "aic-login-1"),
      write({ ...login, state: "" }, "aic-login-1"),
      write({ ...login, invitation: 1 }, "aic-login-1"),
      write({ ...login, createdAt: "0" }, "aic-login-1"),
    ];
    for (const stranger of strangers)
      expect(await codeOf(open(await stranger))).toBe("state_mismatch");
  });

  it("fits a browser's limit with the longest way back, and is never made too long", async () => {
    const long = { ...login, returnTo: `/${"a".repeat(1023)}` };
    expect((await sealLoginState(key, long)).length).toBeLessThan(3900);
    const longer = { ...login, returnTo: `/${"a".repeat(3000)}` };
    await expect(sealLoginState(key, longer)).rejects.toThrow(RangeError);
  });

  it("needs a key of 32 bytes", async () => {
    await expect(sealLoginState(randomBytes(16), login)).rejects.toThrow(RangeError);
    await expect(open("x", NOW, randomBytes(31))).rejects.toThrow(RangeError);
  });
});
