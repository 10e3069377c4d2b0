import { makeId } from "@aic-sos/contract/ids";
import { describe, expect, it } from "vitest";
import { parseKey } from "./credential.ts";
import { formatOneTimeToken, parseOneTimeToken } from "./one-time-token.ts";
import { newSecret, secretOf } from "./secret.ts";

const id = (cell: number, last: number) =>
  makeId(cell, Date.now(), Uint8Array.of(0, 0, 0, 0, 0, 0, 0, last));
const token = { tenantId: id(1, 1), id: id(1, 2), secret: newSecret() };

describe("a refresh token's text", () => {
  const text = formatOneTimeToken("refresh", token);

  it("is read as what it was made of, and as nothing else", () => {
    expect(parseOneTimeToken("refresh", text)).toEqual(token);
    expect(parseOneTimeToken("code", text)).toBeUndefined();
    expect(parseKey(text)).toBeUndefined();
  });

  it("has one form: with any one character changed it is none", () => {
    for (let at = 0; at < text.length; at += 1) {
      const wrong = text.slice(0, at) + (text[at] === "a" ? "b" : "a") + text.slice(at + 1);
      expect(parseOneTimeToken("refresh", wrong), wrong).toBeUndefined();
    }
    for (const wrong of [` ${text}`, `${text} `, text.toUpperCase(), `${text}${text}`, ""])
      expect(parseOneTimeToken("refresh", wrong), wrong).toBeUndefined();
  });

  it("cannot name two cells, or be made of a secret of another form", () => {
    expect(() => formatOneTimeToken("refresh", { ...token, id: id(2, 2) })).toThrow(TypeError);
    expect(() => formatOneTimeToken("refresh", { ...token, secret: "short" })).toThrow(TypeError);
  });
});

describe("a secret of given bytes", () => {
  it("is always the same one, and of a new secret's form", () => {
    const bytes = new Uint8Array(32).fill(255);
    expect(secretOf(bytes)).toBe(secretOf(bytes));
    expect(formatOneTimeToken("code", { ...token, secret: secretOf(bytes) })).toMatch(/^aic_code_/);
    expect(() => secretOf(new Uint8Array(31))).toThrow(RangeError);
  });
});
