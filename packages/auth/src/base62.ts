const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/**
 * Writes a whole number in base 62 (`0-9A-Za-z`), padded on the left to `length` digits.
 * Base 62 and not base64url, whose `_` would blur the separators of a key and whose `-` breaks a double-click.
 * @throws RangeError when the number needs more digits
 */
export function toBase62(value: bigint, length: number): string {
  let rest = value;
  let text = "";
  while (rest > 0n) {
    text = ALPHABET.charAt(Number(rest % 62n)) + text;
    rest /= 62n;
  }
  if (text.length > length) throw new RangeError(`the number needs more than ${length} digits`);
  return text.padStart(length, "0");
}
