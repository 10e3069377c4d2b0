/**
 * What a person types to let a device in (RFC 8628 §6.1): eight consonants, which spell no word, some 34 bits. Too few for
 * a secret that could be tried at will: whoever takes one has to limit the tries.
 */
import { randomInt } from "node:crypto";

const LETTERS = "BCDFGHJKLMNPQRSTVWXZ";
const GROUP = 4;
const FORM = new RegExp(`^[${LETTERS}]{${2 * GROUP}}$`);

/** A new code, as it is shown: `BCDF-GHJK`. */
export function newUserCode(): string {
  const group = () =>
    Array.from({ length: GROUP }, () => LETTERS.charAt(randomInt(LETTERS.length))).join("");
  return `${group()}-${group()}`;
}

/** What somebody typed, as it was shown: case, hyphens and spaces do not matter. Undefined when it is no such code. */
export function readUserCode(typed: string): string | undefined {
  const letters = typed.replace(/[\s-]/g, "").toUpperCase();
  return FORM.test(letters) ? `${letters.slice(0, GROUP)}-${letters.slice(GROUP)}` : undefined;
}
