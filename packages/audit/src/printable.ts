/** Controls (C0, C1, DEL), line separators, and what turns the direction of writing. */
// oxlint-disable-next-line no-control-regex -- these are what must not reach a terminal
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * One line of text for a terminal. Names and sentences come from the evidence, whose writer may have put in what moves the
 * cursor or begins a line: a bundle that is wrong could write "Verified" over its verdict.
 */
export function printable(text: string): string {
  return text.replace(
    UNPRINTABLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
