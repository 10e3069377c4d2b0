/**
 * Words that cannot name a step, input or output: CEL's keywords and reserved words, and names that every
 * JavaScript object has by inheritance.
 */
const RESERVED = new Set(
  (
    "true false null in as break const continue else for function if import let loop package namespace " +
    "return var void while prototype"
  ).split(" "),
);

/** True for a word that cannot name a step, an input or an output. */
export function isReservedName(name: string): boolean {
  return RESERVED.has(name) || name in Object.prototype;
}
