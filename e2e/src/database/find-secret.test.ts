import { describe, expect, it } from "vitest";
import { spellingsOf } from "./find-secret.ts";

const secret = "sk-proj-AbCdEf0123456789xyz";
const holds = (text: string) => spellingsOf(secret).some((spelling) => text.includes(spelling));

describe("a secret that was left somewhere is found", () => {
  it("as it is and in hex", () => {
    expect(holds(`{"key":"${secret}"}`)).toBe(true);
    expect(holds(Buffer.from(`before${secret}after`).toString("hex"))).toBe(true);
  });

  it.each(["", "a", "ab", "abc"])("in base64 after %j", (before) => {
    expect(holds(Buffer.from(`${before}${secret} and more`).toString("base64"))).toBe(true);
    expect(holds(Buffer.from(`${before}${secret}`).toString("base64url"))).toBe(true);
  });

  it("and nothing is found where it is not", () => {
    expect(holds(Buffer.from("sk-proj-another0123456789abcdef").toString("hex"))).toBe(false);
  });
});
