/** One DER value: its tag byte and its content (X.690 §8.1, §10.1). */
export interface Der {
  readonly tag: number;
  readonly content: Buffer;
}

/** Bytes that are no DER, or no certificate. */
export class MalformedCertificate extends Error {
  override readonly name = "MalformedCertificate";
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  sequence: 0x30,
} as const;

/**
 * The values that stand in `bytes`, one after the other. Strict: definite and shortest lengths, low tag numbers, nothing
 * left over. @throws MalformedCertificate
 */
export function readDer(bytes: Buffer): Der[] {
  const values: Der[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes[at] ?? 0;
    if ((tag & 0x1f) === 0x1f) throw new MalformedCertificate("a tag is too long");
    const { length, begins } = lengthAt(bytes, at + 1);
    const ends = begins + length;
    if (ends > bytes.length) throw new MalformedCertificate("a value is longer than the bytes");
    values.push({ tag, content: bytes.subarray(begins, ends) });
    at = ends;
  }
  return values;
}

function lengthAt(bytes: Buffer, at: number): { length: number; begins: number } {
  const first = bytes[at];
  if (first === undefined) throw new MalformedCertificate("a length is missing");
  if (first < 0x80) return { length: first, begins: at + 1 };
  const count = first & 0x7f;
  if (count === 0 || count > 3 || at + 1 + count > bytes.length) {
    throw new MalformedCertificate("a length is not of this form");
  }
  const length = bytes.readUIntBE(at + 1, count);
  const shortest = length < 0x80 ? 0 : length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
  if (count !== shortest) throw new MalformedCertificate("a length is not the shortest");
  return { length, begins: at + 1 + count };
}

/** The one value of `tag` that `bytes` hold. @throws MalformedCertificate */
export function onlyValue(bytes: Buffer, tag: number): Buffer {
  const [value, ...more] = readDer(bytes);
  if (value?.tag !== tag || more.length > 0) {
    throw new MalformedCertificate("another value stands where one is expected");
  }
  return value.content;
}
