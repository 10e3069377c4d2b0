import { LIMITS } from "./limits.ts";

/** The fixed set of characters of metadata texts; no white space, and no @, so that no address fits. */
export const METADATA_CHARACTERS = "letters A-Z a-z, digits, and . _ : / # + -";

const SAFE = /^[A-Za-z0-9._:/#+-]$/;
const ALPHANUMERIC = /^[A-Za-z0-9]$/;
/** A literal that a pattern may hold as it is; `.` and `+` mean something else there. */
const LITERAL = /^[A-Za-z0-9_:/#-]$/;
const QUANTIFIER = /^(?:[*+?]|\{\d{1,4}(?:,\d{0,4})?\})/;

/**
 * Whether a pattern can only match texts of the fixed set. It is decided by reading, not by trying: the
 * pattern must be `^…$`, and between them only literals, escaped literals, `\d`, `\w`, classes of safe
 * characters, groups, alternatives and quantifiers. Everything else (`.`, `\s`, `[^…]`, flags) is refused.
 */
export function admitsOnlySafeCharacters(pattern: string): boolean {
  if (pattern.length > LIMITS.patternCharacters) return false;
  if (!pattern.startsWith("^") || !pattern.endsWith("$")) return false;
  const end = sequence(pattern, 1);
  return end === pattern.length - 1;
}

/** Reads atoms from `at`; returns where they end, or -1. */
function sequence(pattern: string, at: number): number {
  let position = at;
  while (position < pattern.length) {
    const next = atom(pattern, position);
    if (next < 0) return position;
    position = next;
    position += QUANTIFIER.exec(pattern.slice(position, position + 12))?.[0].length ?? 0;
  }
  return position;
}

function atom(pattern: string, at: number): number {
  const character = pattern[at] ?? "";
  if (LITERAL.test(character)) return at + 1;
  if (character === "\\") return escaped(pattern, at);
  if (character === "[") return characterClass(pattern, at + 1);
  if (character === "(") return group(pattern, at + (pattern.startsWith("(?:", at) ? 3 : 1));
  return -1;
}

/** `\d`, `\w`, or a safe character that needs no letter's or digit's special meaning. */
function escaped(pattern: string, at: number): number {
  const character = pattern[at + 1] ?? "";
  const isSet = character === "d" || character === "w";
  return isSet || (SAFE.test(character) && !ALPHANUMERIC.test(character) && character !== "_")
    ? at + 2
    : -1;
}

function group(pattern: string, at: number): number {
  let position = sequence(pattern, at);
  while (pattern[position] === "|") position = sequence(pattern, position + 1);
  return pattern[position] === ")" ? position + 1 : -1;
}

function characterClass(pattern: string, at: number): number {
  let position = at;
  while (pattern[position] !== "]") {
    const next = classItem(pattern, position);
    if (next < 0) return -1;
    position = next;
  }
  return position > at ? position + 1 : -1;
}

function classItem(pattern: string, at: number): number {
  const character = pattern[at] ?? "";
  if (character === "\\") return escaped(pattern, at);
  if (!SAFE.test(character)) return -1;
  if (pattern[at + 1] !== "-" || pattern[at + 2] === "]") return at + 1;
  const last = pattern[at + 2] ?? "";
  return ALPHANUMERIC.test(character) && sameKind(character, last) && character <= last
    ? at + 3
    : -1;
}

function sameKind(first: string, last: string): boolean {
  return [/^[A-Z]$/, /^[a-z]$/, /^[0-9]$/].some((kind) => kind.test(first) && kind.test(last));
}
