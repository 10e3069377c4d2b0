/** C2SP signed-note (c2sp.org/signed-note): text that Ed25519 keys have signed. */
import { createHash, createPublicKey, verify } from "node:crypto";
import { fromBase64, toBase64 } from "./base64.ts";
import { Malformed } from "./malformed.ts";

const ED25519 = 0x01;
const PUBLIC_KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const KEY_ID_BYTES = 4;
/** The specification asks for 16 at least. */
const MAX_SIGNATURES = 100;
const SIGNATURE_LINE = /^— (\S+) (\S+)$/u;
const VERIFIER_KEY = /^([^+]+)\+([0-9a-f]{8})\+(\S+)$/;
const KEY_NAME = /^[^\p{White_Space}\p{Cc}+]+$/u;
// oxlint-disable-next-line no-control-regex -- the specification forbids them by name
const CONTROL_BUT_NEWLINE = /[\u0000-\u0009\u000b-\u001f]/;

/** A key that somebody trusts. */
export interface VerifierKey {
  readonly name: string;
  /** 8 hexadecimal digits. */
  readonly id: string;
  /** 32 bytes, RFC 8032. */
  readonly publicKey: Buffer;
}

export interface NoteSigner {
  readonly name: string;
  /** 32 bytes, RFC 8032. */
  readonly publicKey: Uint8Array;
  /** The Ed25519 signature of the bytes; 64 bytes. */
  readonly sign: (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>;
}

export interface NoteSignature {
  readonly name: string;
  readonly id: string;
  readonly signature: Buffer;
}

export interface Note {
  /** With its last newline: what is signed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export type NoteFault = "malformed" | "untrusted" | "signature_invalid";

export type OpenedNote =
  | { readonly ok: true; readonly text: string; readonly signedBy: readonly VerifierKey[] }
  | { readonly ok: false; readonly fault: NoteFault; readonly sentence: string };

/** First four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key), as 8 hexadecimal digits. */
export function keyId(name: string, publicKey: Uint8Array): string {
  return createHash("sha256")
    .update(`${name}\n`, "utf8")
    .update(Buffer.of(ED25519))
    .update(publicKey)
    .digest("hex")
    .slice(0, KEY_ID_BYTES * 2);
}

/** Makes a verifier key. Throws Malformed for a name with spaces or `+`, or a key that has not 32 bytes. */
export function verifierKey(name: string, publicKey: Uint8Array): VerifierKey {
  if (!KEY_NAME.test(name)) {
    throw new Malformed(`a key's name has no spaces and no "+": ${JSON.stringify(name)}`);
  }
  if (publicKey.length !== PUBLIC_KEY_BYTES) {
    throw new Malformed(`an Ed25519 public key has 32 bytes, not ${publicKey.length}`);
  }
  return { name, id: keyId(name, publicKey), publicKey: Buffer.from(publicKey) };
}

/** `<name>+<key id>+<base64(0x01 ‖ public key)>`: how keys are published. */
export function formatVerifierKey({ name, id, publicKey }: VerifierKey): string {
  return `${name}+${id}+${toBase64(Buffer.concat([Buffer.of(ED25519), publicKey]))}`;
}

/** The inverse of formatVerifierKey. Throws Malformed, also when the id does not belong to the key. */
export function parseVerifierKey(text: string): VerifierKey {
  const [, name = "", id, encoded = ""] = VERIFIER_KEY.exec(text) ?? [];
  const bytes = fromBase64(encoded);
  if (bytes === undefined || bytes[0] !== ED25519) {
    throw new Malformed(`not an Ed25519 key <name>+<id>+<base64>: ${JSON.stringify(text)}`);
  }
  const key = verifierKey(name, bytes.subarray(1));
  if (key.id !== id) {
    throw new Malformed(`the id of this key is ${key.id}: ${JSON.stringify(text)}`);
  }
  return key;
}

/**
 * Signs a text.
 * @param text ends with a newline; no other control characters
 * @returns the note. Throws Malformed for a text or a signature of the wrong form.
 */
export async function signNote(text: string, signers: readonly NoteSigner[]): Promise<string> {
  checkText(text);
  const lines = await Promise.all(
    signers.map(async ({ name, publicKey, sign }) => {
      const { id } = verifierKey(name, publicKey);
      const signature = await sign(Buffer.from(text, "utf8"));
      if (signature.length !== SIGNATURE_BYTES) {
        throw new Malformed(`an Ed25519 signature has 64 bytes, not ${signature.length}`);
      }
      return `— ${name} ${toBase64(Buffer.concat([Buffer.from(id, "hex"), signature]))}\n`;
    }),
  );
  if (lines.length === 0) throw new Malformed("a note has at least one signature");
  return `${text}\n${lines.join("")}`;
}

/** Takes a note apart; proves nothing. Throws Malformed. */
export function parseNote(note: string): Note {
  const split = note.lastIndexOf("\n\n");
  if (split === -1) throw new Malformed("a signed note has an empty line before its signatures");
  const text = note.slice(0, split + 1);
  checkText(text);
  const lines = note.slice(split + 2).split("\n");
  if (lines.pop() !== "" || lines.length === 0) {
    throw new Malformed("a signed note ends with signature lines and a newline");
  }
  if (lines.length > MAX_SIGNATURES) {
    throw new Malformed(`a signed note has ${MAX_SIGNATURES} signatures at most`);
  }
  return { text, signatures: lines.map(parseSignatureLine) };
}

/**
 * Checks a note against trusted keys. Signatures of other keys are ignored; a wrong one of a trusted key spoils the note.
 * @returns the text only when a trusted key has signed it
 */
export function openNote(note: string, trusted: readonly VerifierKey[]): OpenedNote {
  let parsed: Note;
  try {
    parsed = parseNote(note);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return { ok: false, fault: "malformed", sentence: error.message };
  }
  const { text, signatures } = parsed;
  const signedBy: VerifierKey[] = [];
  for (const { name, id, signature } of signatures) {
    const key = trusted.find((one) => one.name === name && one.id === id);
    if (key === undefined) continue;
    if (!signatureHolds(key, text, signature)) {
      const sentence = `the signature of ${name} (${id}) is wrong`;
      return { ok: false, fault: "signature_invalid", sentence };
    }
    signedBy.push(key);
  }
  if (signedBy.length > 0) return { ok: true, text, signedBy };
  const signers = signatures.map(({ name, id }) => `${name} (${id})`).join(", ");
  return { ok: false, fault: "untrusted", sentence: `none of its signers is trusted: ${signers}` };
}

function checkText(text: string): void {
  if (!text.endsWith("\n") || !text.isWellFormed() || CONTROL_BUT_NEWLINE.test(text)) {
    throw new Malformed("a note's text ends with a newline and has no other control characters");
  }
}

function parseSignatureLine(line: string): NoteSignature {
  const [, name = "", encoded = ""] = SIGNATURE_LINE.exec(line) ?? [];
  const bytes = fromBase64(encoded);
  if (!KEY_NAME.test(name) || bytes === undefined || bytes.length <= KEY_ID_BYTES) {
    throw new Malformed(`not a signature line: ${JSON.stringify(line)}`);
  }
  return {
    name,
    id: bytes.subarray(0, KEY_ID_BYTES).toString("hex"),
    signature: bytes.subarray(KEY_ID_BYTES),
  };
}

function signatureHolds({ publicKey }: VerifierKey, text: string, signature: Uint8Array): boolean {
  const jwk = { kty: "OKP", crv: "Ed25519", x: publicKey.toString("base64url") };
  return verify(
    null,
    Buffer.from(text, "utf8"),
    createPublicKey({ key: jwk, format: "jwk" }),
    signature,
  );
}
