import { KeyringError } from "./errors.ts";
import { isKeyId } from "./key-id.ts";
import type { SealingKey } from "./sealed-format.ts";

const FORMAT = "aic-sos-keyfile/v1";
const KEY_TEXT = /^[A-Za-z0-9_-]{43}$/;

/** The keys of a keyfile by id, and the one that wraps. */
export interface KeyfileContent {
  readonly active: SealingKey;
  readonly keys: ReadonlyMap<string, SealingKey>;
}

/** The text of a keyfile: JSON, keys as base64url. */
export function printKeyfile(content: KeyfileContent): string {
  const keys = [...content.keys.values()].map(({ id, bytes }) => ({
    id,
    key: Buffer.from(bytes).toString("base64url"),
  }));
  return `${JSON.stringify({ format: FORMAT, active: content.active.id, keys }, undefined, 2)}\n`;
}

/**
 * Reads the text of a keyfile strictly. Throws `keyfile_malformed` with the first thing that is
 * wrong; `path` is for that sentence only.
 */
export function parseKeyfile(text: string, path: string): KeyfileContent {
  const malformed = (what: string): KeyringError =>
    new KeyringError("keyfile_malformed", `${path} is no keyfile: ${what}.`);

  const file = parseJson(text);
  if (!isRecord(file)) throw malformed("it is not a JSON object");
  if (file.format !== FORMAT) throw malformed(`"format" must be "${FORMAT}"`);
  if (!Array.isArray(file.keys)) throw malformed('"keys" must be a list');

  const keys = new Map<string, SealingKey>();
  file.keys.forEach((entry: unknown, index) => {
    const id = isRecord(entry) ? entry.id : undefined;
    const key = isRecord(entry) ? entry.key : undefined;
    if (typeof id !== "string" || !isKeyId(id)) {
      throw malformed(`"keys[${index}].id" must be a UUID in lower case`);
    }
    if (keys.has(id)) throw malformed(`"keys[${index}].id" is there twice`);
    const bytes = typeof key === "string" ? decodeKey(key) : undefined;
    if (bytes === undefined) {
      throw malformed(`"keys[${index}].key" must be 32 bytes as base64url without padding`);
    }
    keys.set(id, { id, bytes });
  });

  const active = typeof file.active === "string" ? keys.get(file.active) : undefined;
  if (active === undefined) throw malformed('"active" must be the id of one of the keys');
  return { active, keys };
}

function decodeKey(text: string): Buffer | undefined {
  if (!KEY_TEXT.test(text)) return undefined;
  const bytes = Buffer.from(text, "base64url");
  // 43 characters hold two bits more than 32 bytes do; a file where they are set was mistyped.
  return bytes.toString("base64url") === text ? bytes : undefined;
}

// The parser's own message quotes the text, and the text holds keys.
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
