import fc from "fast-check";
import { RE2JS } from "re2js";
import { describe, expect, it } from "vitest";
import { admitsOnlySafeCharacters } from "./safe-pattern.ts";

const SAFE = /^[A-Za-z0-9._:/#+-]*$/;

describe("a pattern of the fixed set", () => {
  it.each([
    "^INC[0-9]{7,12}$",
    "^(INC|RITM)\\d+$",
    "^[A-Za-z0-9_.-]+$",
    "^(?:[a-z]+/)*[a-z]+$",
    "^v?\\d{1,3}(\\.\\d{1,3}){2}$",
    "^\\+\\d+$",
    "^$",
  ])("%s is one", (pattern) => {
    expect(admitsOnlySafeCharacters(pattern)).toBe(true);
  });

  it.each([
    ["no anchors", "[a-z]+"],
    ["no end", "^[a-z]+"],
    ["an escaped end", "^[a-z]+\\$"],
    ["an alternative that escapes the anchors", "^a|b$"],
    ["any character", "^.+$"],
    ["white space", "^\\s$"],
    ["a space", "^a b$"],
    ["a space in a class", "^[a b]$"],
    ["an address's sign", "^[a-z@]+$"],
    ["a negated class", "^[^x]$"],
    ["a negated set", "^\\W$"],
    ["a range over other characters", "^[!-~]$"],
    ["a range across kinds", "^[A-z]$"],
    ["a flag", "^(?s:a)$"],
    ["a property", "^\\p{L}+$"],
    ["a posix class", "^[[:print:]]$"],
    ["an escape by number", "^\\x20$"],
    ["a control escape", "^\\n$"],
    ["a group that does not end", "^(a$"],
    ["a letter beyond ASCII", "^é$"],
    ["a look-ahead", "^(?=x)a$"],
    ["a quote", "^\\Qa b\\E$"],
  ])("is not one with %s", (_, pattern) => {
    expect(admitsOnlySafeCharacters(pattern)).toBe(false);
  });

  it("matches nothing outside the set, whatever the pattern", () => {
    const piece = fc.constantFrom(
      ..."a z 0 9 - _ . [ ] ( ) | ? * + ^ $ \\d \\w \\s \\. \\- {2} {1,3} [a-z] [0-9-] (?: [^a] \\D A".split(
        " ",
      ),
    );
    const pattern = fc.array(piece, { maxLength: 8 }).map((pieces) => `^${pieces.join("")}$`);
    const text = fc.string({
      unit: fc.constantFrom(...Array.from("az09AZ-_.:/#+ @\t\né~")),
      maxLength: 6,
    });
    fc.assert(
      fc.property(pattern, fc.array(text, { maxLength: 20 }), (source, texts) => {
        fc.pre(admitsOnlySafeCharacters(source));
        const compiled = compile(source);
        const matched = texts.filter((candidate) => compiled?.test(candidate));
        expect(matched.filter((candidate) => !SAFE.test(candidate))).toEqual([]);
      }),
      { numRuns: 500, maxSkipsPerRun: 100 },
    );
  });
});

function compile(source: string): RE2JS | undefined {
  try {
    return RE2JS.compile(RE2JS.translateRegExp(source));
  } catch {
    return undefined;
  }
}
