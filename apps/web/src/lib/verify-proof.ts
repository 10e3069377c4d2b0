import { Climb } from "@aic-sos/audit/climb";
import { fromBase64, noteSigned, readNote } from "./signed-note.ts";

/** An event with its path to a checkpoint: what `audit.proveEvent` answers. */
export interface Proof {
  readonly seq: number;
  readonly text: string;
  readonly size: number;
  readonly proof: readonly string[];
  readonly note: string;
}

export type Checked =
  | { readonly outcome: "verified"; readonly size: number }
  | { readonly outcome: "wrong"; readonly sentence: string };

/**
 * Checks in this browser that the event's text is in the log whose root a checkpoint signs: RFC 9162 §2.1.3.2 with
 * WebCrypto, then the checkpoint's Ed25519 signature.
 * @param keys of the log, as C2SP verifier keys. They come from the same server: an auditor takes them from elsewhere
 */
export async function verifyProof(proof: Proof, keys: readonly string[]): Promise<Checked> {
  const note = readNote(proof.note);
  if (note?.size !== proof.size) {
    return { outcome: "wrong", sentence: "The checkpoint is not one of this proof." };
  }
  const root = await rootOf(proof);
  if (root === undefined || !same(root, note.root)) {
    const sentence = "The event is not in the log that the checkpoint signs.";
    return { outcome: "wrong", sentence };
  }
  return verifyCheckpoint(proof, keys);
}

/** Checks in this browser that a checkpoint is one of so many events, and that one of these keys has signed it. */
export async function verifyCheckpoint(
  { size, note }: Pick<Proof, "size" | "note">,
  keys: readonly string[],
): Promise<Checked> {
  const read = readNote(note);
  if (read?.size !== size) {
    return { outcome: "wrong", sentence: "The checkpoint is not one of so many events." };
  }
  return (await noteSigned(read, keys))
    ? { outcome: "verified", size }
    : { outcome: "wrong", sentence: "The checkpoint is not signed by a key of this log." };
}

/** The root that text and path come to; undefined when the path has another length. */
async function rootOf({ seq, size, text, proof }: Proof): Promise<Uint8Array | undefined> {
  if (seq < 1 || seq > size) return undefined;
  let hash = await sha256(Uint8Array.of(0), new TextEncoder().encode(text));
  const climb = new Climb(seq - 1, size - 1);
  for (const encoded of proof) {
    const [side, sibling] = [climb.next(), fromBase64(encoded)];
    if (side === undefined || sibling === undefined) return undefined;
    const [left, right] = side === "left" ? [sibling, hash] : [hash, sibling];
    hash = await sha256(Uint8Array.of(1), left, right);
  }
  return climb.atTop ? hash : undefined;
}

async function sha256(...parts: readonly Uint8Array[]): Promise<Uint8Array> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
