import { parse } from "node:querystring";
import { AppError, invalidBody, notFound } from "../app-error.ts";

/** Calls that one request may carry. */
const MAX_BATCH = 20;

/** One procedure call as it came over the wire. */
export interface WireCall {
  /** Such as `workflow.publish`; nothing says that it exists. */
  readonly path: string;
  readonly input: unknown;
}

export interface WireRequest {
  readonly calls: readonly WireCall[];
  /** An array of answers, even for one call. */
  readonly batch: boolean;
}

/** What the protocol reads of a request. */
export interface Sent {
  /** Behind `/trpc/`, as it was sent. */
  readonly name: string;
  /** Behind the question mark. */
  readonly query: string;
  /** Of a POST, parsed. */
  readonly body: unknown;
  readonly method: "GET" | "POST";
}

/**
 * Reads a request of tRPC's HTTP protocol (v11, no transformer): `/a.b?input=…`, or with `batch=1` the calls
 * `/a.b,c.d` and one object of inputs by place. POST carries the input as its body.
 */
export function readTrpcRequest(sent: Sent): WireRequest {
  const query = parse(sent.query);
  const batch = query["batch"] === "1";
  const name = decoded(sent.name);
  const paths = batch ? name.split(",") : [name];
  if (paths.length > MAX_BATCH) {
    throw invalidBody("malformed_body", `may carry ${MAX_BATCH} calls at most`);
  }
  const input = sent.method === "POST" ? sent.body : inputOf(query["input"]);
  if (!batch) return { batch, calls: [{ path: name, input }] };
  if (input !== undefined && (typeof input !== "object" || input === null)) {
    throw invalidBody("malformed_body", "must be an object of inputs by their place");
  }
  const inputs = (input ?? {}) as Readonly<Record<string, unknown>>;
  return { batch, calls: paths.map((path, index) => ({ path, input: inputs[index] })) };
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    throw notFound();
  }
}

function inputOf(text: unknown): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(typeof text === "string" ? text : "");
  } catch {
    throw new AppError("malformed_body", "The input in the address is not valid JSON.", {
      errors: [{ field: "input", message: "must be JSON" }],
    });
  }
}
