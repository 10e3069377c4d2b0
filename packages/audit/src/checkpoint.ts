/** C2SP tlog-checkpoint (c2sp.org/tlog-checkpoint): size and root of a log at a time, as a signed note. */
import { fromBase64, toBase64 } from "./base64.ts";
import { Malformed } from "./malformed.ts";
import { HASH_BYTES } from "./merkle-hash.ts";
import {
  type NoteFault,
  type NoteSigner,
  openNote,
  signNote,
  type VerifierKey,
} from "./signed-note.ts";

/** The head of a tenant's log when it had `size` events. */
export interface Checkpoint {
  /** Which log: `originOf(region, tenantId)`. Also the name of the key that signs. */
  readonly origin: string;
  readonly size: number;
  /** RFC 6962 root over the leaf hashes of events 1 to `size`. */
  readonly root: Buffer;
  /** Chain hash of event `size`; GENESIS when there is none. An extension line of its own, so that it is signed too. */
  readonly chainHead: Buffer;
}

export type CheckpointFault = NoteFault | "other_origin";

export type OpenedCheckpoint =
  | { readonly ok: true; readonly checkpoint: Checkpoint; readonly keyId: string }
  | { readonly ok: false; readonly fault: CheckpointFault; readonly sentence: string };

const CHAIN_LINE = /^chain ([A-Za-z0-9+/=]+)$/;
const SIZE = /^(?:0|[1-9][0-9]{0,15})$/;

/** The name of a tenant's log: unique, since tenant ids are. */
export function originOf(region: string, tenantId: string): string {
  return `aic-sos/${region}/${tenantId}`;
}

/** What is signed: origin, size, root, and the chain's head as extension line; each ends with a newline. */
export function checkpointText({ origin, size, root, chainHead }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\nchain ${toBase64(chainHead)}\n`;
}

/** The inverse of checkpointText. Further extension lines are passed over. Throws Malformed. */
export function parseCheckpointText(text: string): Checkpoint {
  const lines = text.split("\n");
  if (lines.pop() !== "" || lines.some((line) => line === "")) {
    throw new Malformed("a checkpoint has no empty lines and ends with a newline");
  }
  const [origin = "", size = "", root = "", ...extensions] = lines;
  if (!SIZE.test(size) || !Number.isSafeInteger(Number(size))) {
    throw new Malformed(`the second line of a checkpoint is its size, not ${JSON.stringify(size)}`);
  }
  const heads = extensions.flatMap((line) => CHAIN_LINE.exec(line)?.[1] ?? []);
  if (heads.length !== 1) {
    throw new Malformed('a checkpoint of an audit log has one line "chain <chain hash>"');
  }
  return {
    origin,
    size: Number(size),
    root: hashOf(root, "root"),
    chainHead: hashOf(heads[0] ?? "", "chain head"),
  };
}

/** Signs a checkpoint. Throws Malformed when the signer does not bear the log's name. */
export async function signCheckpoint(checkpoint: Checkpoint, signer: NoteSigner): Promise<string> {
  if (signer.name !== checkpoint.origin) {
    throw new Malformed(`a checkpoint of ${checkpoint.origin} is signed under that name`);
  }
  const text = checkpointText(checkpoint);
  parseCheckpointText(text);
  return signNote(text, [signer]);
}

/**
 * Checks a checkpoint of a log.
 * @param origin whose checkpoint it has to be, signed by a trusted key of that very name
 */
export function openCheckpoint(
  note: string,
  origin: string,
  trusted: readonly VerifierKey[],
): OpenedCheckpoint {
  // A key of another log cannot vouch for this one.
  const own = trusted.filter(({ name }) => name === origin);
  const opened = openNote(note, own);
  if (!opened.ok) return opened;
  try {
    const checkpoint = parseCheckpointText(opened.text);
    if (checkpoint.origin !== origin) {
      const sentence = `it is a checkpoint of ${checkpoint.origin}, not of ${origin}`;
      return { ok: false, fault: "other_origin", sentence };
    }
    return { ok: true, checkpoint, keyId: opened.signedBy[0]?.id ?? "" };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return { ok: false, fault: "malformed", sentence: error.message };
  }
}

function hashOf(encoded: string, what: string): Buffer {
  const bytes = fromBase64(encoded);
  if (bytes?.length !== HASH_BYTES) {
    throw new Malformed(`the ${what} of a checkpoint is 32 bytes in base64`);
  }
  return bytes;
}
