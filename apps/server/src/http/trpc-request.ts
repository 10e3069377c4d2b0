import type { Request } from "express";
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

/**
 * Reads a request of tRPC's HTTP protocol (v11, no transformer): `/a.b?input=…`, or with `batch=1` the calls
 * `/a.b,c.d` and one object of inputs by place. POST carries the input as its body.
 */
export function readTrpcRequest(req: Request): WireRequest {
  // Express parses the query anew at each look.
  const { query } = req;
  const batch = query["batch"] === "1";
  const name = pathOf(req);
  const paths = batch ? name.split(",") : [name];
  if (paths.length > MAX_BATCH) {
    throw invalidBody("malformed_body", `may carry ${MAX_BATCH} calls at most`);
  }
  const input = req.method === "POST" ? req.body : inputOf(query["input"]);
  if (!batch) return { batch, calls: [{ path: name, input }] };
  if (input !== undefined && (typeof input !== "object" || input === null)) {
    throw invalidBody("malformed_body", "must be an object of inputs by their place");
  }
  const inputs = (input ?? {}) as Readonly<Record<string, unknown>>;
  return { batch, calls: paths.map((path, index) => ({ path, input: inputs[index] })) };
}

function pathOf(req: Request): string {
  try {
    return decodeURIComponent(req.path.slice(1));
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
