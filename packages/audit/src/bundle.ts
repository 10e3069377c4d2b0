/** The evidence bundle, version 1: a stretch of a tenant's log as lines of JSON. The format is described in BUNDLE.md. */
import { toBase64 } from "./base64.ts";
import type { ChainLink, HiddenLink } from "./chain.ts";
import { originOf } from "./checkpoint.ts";
import { Malformed } from "./malformed.ts";
import { HASH_BYTES } from "./merkle-hash.ts";
import { StrictFields } from "./strict-json.ts";

const FORMAT = "aic-sos-audit-bundle";
const VERSION = 1;

export interface BundleHeader {
  readonly kind: "header";
  readonly tenantId: string;
  readonly region: string;
  /** Sequence numbers of the stretch, both included; `last` is `first` − 1 when it is empty. */
  readonly first: number;
  readonly last: number;
  /** Where the stretch begins: the chain hash of event `first` − 1, and the peaks of the tree of that size. */
  readonly start: { readonly chainHash: Uint8Array; readonly peaks: readonly Uint8Array[] };
  /** The keys that the server says it signs with, as C2SP verifier keys: for comparison, never for trust. */
  readonly keys: readonly string[];
}

/** An event whose text the reader may see. */
export type EventLine = { readonly kind: "event" } & ChainLink;

/** An event outside the workspaces whose audit log the reader may see: its hashes only. */
export type LeafLine = { readonly kind: "leaf" } & HiddenLink;

/** A signed checkpoint: right after the event that it ends with, or after all events when it ends outside the stretch. */
export interface CheckpointLine {
  readonly kind: "checkpoint";
  readonly note: string;
}

/** A consistency proof between a checkpoint outside the stretch and the nearer edge: `first` − 1, or `last`. */
export interface ConsistencyLine {
  readonly kind: "consistency";
  readonly from: number;
  readonly to: number;
  readonly proof: readonly Uint8Array[];
}

/** The last line: without it, the file was cut short on its way. */
export interface EndLine {
  readonly kind: "end";
  readonly last: number;
}

export type BundleLine =
  | BundleHeader
  | EventLine
  | LeafLine
  | CheckpointLine
  | ConsistencyLine
  | EndLine;

/** One line of a bundle, without its newline. */
export function formatBundleLine(line: BundleLine): string {
  switch (line.kind) {
    case "header": {
      const { kind, start, ...rest } = line;
      return JSON.stringify({
        kind,
        format: FORMAT,
        version: VERSION,
        origin: originOf(line.region, line.tenantId),
        ...rest,
        start: { chainHash: toBase64(start.chainHash), peaks: start.peaks.map(toBase64) },
      });
    }
    case "event":
      return JSON.stringify({ kind: line.kind, seq: line.seq, text: line.text, ...hashes(line) });
    case "leaf":
      return JSON.stringify({
        kind: line.kind,
        seq: line.seq,
        textHash: toBase64(line.textHash),
        ...hashes(line),
      });
    case "consistency":
      return JSON.stringify({ ...line, proof: line.proof.map(toBase64) });
    case "checkpoint":
    case "end":
      return JSON.stringify(line);
  }
}

/** The inverse of formatBundleLine, strictly. Throws Malformed. */
export function parseBundleLine(text: string): BundleLine {
  const value = parseJson(text);
  const kind = typeof value === "object" && value !== null && "kind" in value ? value.kind : "";
  switch (kind) {
    case "header":
      return parseHeader(value);
    case "event": {
      const fields = new StrictFields(value, ["kind", "seq", "text", ...HASHES]);
      return { kind, text: fields.text("text"), ...linkOf(fields) };
    }
    case "leaf": {
      const fields = new StrictFields(value, ["kind", "seq", "textHash", ...HASHES]);
      return { kind, textHash: fields.bytes("textHash"), ...linkOf(fields) };
    }
    case "checkpoint":
      return { kind, note: new StrictFields(value, ["kind", "note"]).text("note") };
    case "consistency": {
      const fields = new StrictFields(value, ["kind", "from", "to", "proof"]);
      const [from, to] = [fields.integer("from"), fields.integer("to")];
      return { kind, from, to, proof: fields.bytesList("proof") };
    }
    case "end":
      return { kind, last: new StrictFields(value, ["kind", "last"]).integer("last") };
    default:
      throw new Malformed(`lines of kind ${JSON.stringify(kind)} are unknown`);
  }
}

const HASHES = ["leafHash", "previousChainHash", "chainHash"];
const HEADER = ["tenantId", "region", "first", "last", "start", "keys"];

type StoredLink = Omit<ChainLink, "text">;

function hashes(link: StoredLink): Record<string, string> {
  return {
    leafHash: toBase64(link.leafHash),
    previousChainHash: toBase64(link.previousChainHash),
    chainHash: toBase64(link.chainHash),
  };
}

/** Numbers and hashes as they were stored, right or wrong: whether they fit is the verifier's question. */
function linkOf(fields: StrictFields): StoredLink {
  return {
    seq: fields.integer("seq"),
    leafHash: fields.bytes("leafHash"),
    previousChainHash: fields.bytes("previousChainHash"),
    chainHash: fields.bytes("chainHash"),
  };
}

function parseHeader(value: unknown): BundleHeader {
  const fields = new StrictFields(value, ["kind", "format", "version", "origin", ...HEADER]);
  if (fields.text("format") !== FORMAT || fields.integer("version") !== VERSION) {
    throw new Malformed(`not a bundle of format ${FORMAT}, version ${VERSION}`);
  }
  const [tenantId, region] = [fields.text("tenantId"), fields.text("region")];
  if (fields.text("origin") !== originOf(region, tenantId)) {
    throw new Malformed("the origin is not that of the tenant and the region");
  }
  const [first, last] = [fields.integer("first"), fields.integer("last")];
  if (first < 1 || last < first - 1) {
    throw new Malformed(`there are no events ${first} to ${last}`);
  }
  const start = fields.object("start", ["chainHash", "peaks"]);
  const chainHash = start.bytes("chainHash");
  if (chainHash.length !== HASH_BYTES) throw new Malformed("a chain hash has 32 bytes");
  const peaks = start.bytesList("peaks");
  const keys = fields.texts("keys");
  return { kind: "header", tenantId, region, first, last, start: { chainHash, peaks }, keys };
}

/** In one spelling only: of a name that is there twice, another reader may take the other one. */
function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Malformed("not JSON");
  }
  if (JSON.stringify(value) !== text) {
    throw new Malformed("JSON with a name twice, blanks, or another spelling than ECMAScript's");
  }
  return value;
}
