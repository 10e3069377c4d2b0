/** A checkpoint as C2SP signed note (c2sp.org/tlog-checkpoint), as far as a browser needs to read it. */
export interface ReadNote {
  readonly size: number;
  readonly root: Uint8Array;
  /** What is signed, with its last newline. */
  readonly text: string;
  readonly signatures: readonly {
    readonly name: string;
    readonly id: string;
    readonly bytes: Uint8Array;
  }[];
}

const SIGNATURE = /^— (\S+) (\S+)$/u;
const VERIFIER_KEY = /^([^+]+)\+([0-9a-f]{8})\+(\S+)$/;
const KEY_ID_BYTES = 4;

/** Takes a note apart; undefined when it is none. Proves nothing. */
export function readNote(note: string): ReadNote | undefined {
  const split = note.lastIndexOf("\n\n");
  if (split === -1) return undefined;
  const text = note.slice(0, split + 1);
  const [, size = "", encodedRoot = ""] = text.split("\n");
  const root = fromBase64(encodedRoot);
  if (!/^\d{1,16}$/.test(size) || root?.length !== 32) return undefined;
  const signatures = note
    .slice(split + 2)
    .split("\n")
    .flatMap((line) => {
      const [, name, encoded] = SIGNATURE.exec(line) ?? [];
      const bytes = encoded === undefined ? undefined : fromBase64(encoded);
      if (name === undefined || bytes === undefined) return [];
      const id = hex(bytes.subarray(0, KEY_ID_BYTES));
      return [{ name, id, bytes: bytes.subarray(KEY_ID_BYTES) }];
    });
  return { size: Number(size), root, text, signatures };
}

/** True when one of these C2SP verifier keys has signed the note (Ed25519, RFC 8032). */
export async function noteSigned(note: ReadNote, keys: readonly string[]): Promise<boolean> {
  for (const text of keys) {
    const [, name, id, encoded = ""] = VERIFIER_KEY.exec(text) ?? [];
    const signature = note.signatures.find((one) => one.name === name && one.id === id);
    const key = fromBase64(encoded);
    if (signature === undefined || key === undefined) continue;
    // The first byte says that it is Ed25519.
    const imported = await crypto.subtle.importKey("raw", key.slice(1), "Ed25519", false, [
      "verify",
    ]);
    const signed = new TextEncoder().encode(note.text);
    if (await crypto.subtle.verify("Ed25519", imported, signature.bytes.slice(), signed)) {
      return true;
    }
  }
  return false;
}

/** Standard base64; undefined when it is not. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.codePointAt(0) ?? 0);
  } catch {
    return undefined;
  }
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
