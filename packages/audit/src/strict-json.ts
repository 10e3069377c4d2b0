import { fromBase64 } from "./base64.ts";
import { Malformed } from "./malformed.ts";

/** The fields of a JSON object that has exactly the names asked for. */
export class StrictFields {
  readonly #fields: ReadonlyMap<string, unknown>;

  /** Throws Malformed for another value, a missing name or one too many. */
  constructor(value: unknown, names: readonly string[]) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new Malformed("not a JSON object");
    }
    this.#fields = new Map(Object.entries(value));
    const missing = names.filter((name) => !this.#fields.has(name));
    const unknown = [...this.#fields.keys()].filter((name) => !names.includes(name));
    if (missing.length > 0) throw new Malformed(`has no "${missing.join('", "')}"`);
    if (unknown.length > 0) throw new Malformed(`has an unknown "${unknown.join('", "')}"`);
  }

  text(name: string): string {
    return asText(this.#fields.get(name), name);
  }

  integer(name: string): number {
    const value = this.#fields.get(name);
    if (typeof value === "number" && Number.isSafeInteger(value)) return value;
    throw new Malformed(`"${name}" is not an integer`);
  }

  bytes(name: string): Buffer {
    return asBytes(this.#fields.get(name), name);
  }

  texts(name: string): string[] {
    return this.#list(name).map((value) => asText(value, name));
  }

  bytesList(name: string): Buffer[] {
    return this.#list(name).map((value) => asBytes(value, name));
  }

  object(name: string, names: readonly string[]): StrictFields {
    return new StrictFields(this.#fields.get(name), names);
  }

  #list(name: string): unknown[] {
    const value = this.#fields.get(name);
    if (Array.isArray(value)) return value;
    throw new Malformed(`"${name}" is not a list`);
  }
}

function asText(value: unknown, name: string): string {
  if (typeof value === "string") return value;
  throw new Malformed(`"${name}" is not a string`);
}

function asBytes(value: unknown, name: string): Buffer {
  const bytes = typeof value === "string" ? fromBase64(value) : undefined;
  if (bytes) return bytes;
  throw new Malformed(`"${name}" is not base64`);
}
