/**
 * Reads standard base64 (RFC 4648 §4) strictly: padded, no line breaks, no stray bits, so that bytes have one spelling.
 * @returns undefined when `text` is anything else
 */
export function fromBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : undefined;
}

export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
