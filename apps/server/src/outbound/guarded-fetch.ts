/**
 * The way out for every address that a user can enter. The address is resolved once, judged, and connected to: what
 * the DNS says a moment later changes nothing. https only, public only, no redirects, bounded in size and time. What
 * the deployment's allow-list names may be private and plain http.
 */
import { request as requestHttp, type IncomingMessage, type RequestOptions } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { OutboundRefused } from "./outbound-refused.ts";
import { isPublicAddress } from "./public-address.ts";
import type { DnsResolver } from "./resolver.ts";

export interface OutboundLimits {
  /** Milliseconds for the whole of it: resolving, connecting, answering. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

export type GuardedFetch = (url: string, options?: RequestInit) => Promise<Response>;

interface Parts {
  readonly resolver: DnsResolver;
  /** Hosts (`idp.internal`, `localhost:4300`) that may be private and plain http. */
  readonly allow: readonly string[];
  readonly limits?: OutboundLimits;
}

const LIMITS: OutboundLimits = { timeoutMs: 10_000, maxBytes: 1024 * 1024 };

/** @returns a `fetch` that throws OutboundRefused for what may not go out, and for an answer that may not come in */
export function createGuardedFetch({ resolver, allow, limits = LIMITS }: Parts): GuardedFetch {
  return async (address, options = {}) => {
    const url = new URL(address);
    const allowed = isAllowed(url, allow);
    if (url.protocol !== "https:" && !(allowed && url.protocol === "http:")) {
      throw new OutboundRefused("not_https");
    }
    const deadline = AbortSignal.timeout(limits.timeoutMs);
    const signal = options.signal ? AbortSignal.any([deadline, options.signal]) : deadline;
    try {
      const addresses = await beforeEnd(resolve(url, resolver, allowed), signal);
      if (!allowed && !addresses.every(isPublicAddress)) throw new OutboundRefused("not_public");
      return await send(url, options, { addresses, signal, maxBytes: limits.maxBytes });
    } catch (error) {
      if (error instanceof OutboundRefused) throw error;
      if (deadline.aborted) throw new OutboundRefused("too_slow");
      throw new OutboundRefused("unreachable", error);
    }
  };
}

/** An entry names a host on every port, or with one port only that. */
export function isAllowed(url: URL, allow: readonly string[]): boolean {
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return allow.some((entry) => entry === url.hostname || entry === `${url.hostname}:${port}`);
}

/** The URL parser has turned decimal, octal and hexadecimal forms of an IPv4 address into the usual one by now. */
async function resolve(
  url: URL,
  resolver: DnsResolver,
  allowed: boolean,
): Promise<readonly string[]> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const addresses = isIP(host) === 0 ? await resolver.addresses(host, allowed) : [host];
  if (addresses.length === 0) throw new OutboundRefused("unknown_host");
  return addresses;
}

interface Way {
  readonly addresses: readonly string[];
  readonly signal: AbortSignal;
  readonly maxBytes: number;
}

async function send(url: URL, options: RequestInit, way: Way): Promise<Response> {
  const body = await bodyOf(options.body);
  const request: RequestOptions = {
    method: options.method ?? "GET",
    // Compressed answers would be bounded before they grow, not after.
    headers: {
      ...Object.fromEntries(new Headers(options.headers)),
      "accept-encoding": "identity",
      ...(body === undefined ? {} : { "content-length": body.length }),
    },
    lookup: pinnedTo(way.addresses),
    // No shared connections: each is to an address that was judged for this very request.
    agent: false,
    signal: way.signal,
  };
  const answer = await new Promise<IncomingMessage>((resolved, reject) => {
    const start = url.protocol === "https:" ? requestHttps : requestHttp;
    start(url, request, resolved)
      .once("error", reject)
      // Node itself would close the connection without another word, and nobody would ever hear of it.
      .once("upgrade", (_, socket) => {
        socket.destroy();
        reject(new Error("the host answered in another protocol"));
      })
      .end(body);
  });
  try {
    return await read(answer, way.maxBytes);
  } finally {
    answer.destroy();
  }
}

/** Answers every question about the host with the addresses that were judged. */
function pinnedTo(addresses: readonly string[]): LookupFunction {
  const pinned = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, options, callback) => {
    const [first] = pinned;
    if (options.all === true) callback(null, pinned);
    else callback(null, first?.address ?? "", first?.family ?? 4);
  };
}

async function read(answer: IncomingMessage, maxBytes: number): Promise<Response> {
  const status = answer.statusCode ?? 0;
  if (status >= 300 && status < 400) throw new OutboundRefused("redirected");
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new OutboundRefused("too_large");
    chunks.push(chunk);
  }
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  // 204, 205 and 304 have no body by definition, and Response insists on it.
  const body = size === 0 ? null : new Uint8Array(Buffer.concat(chunks));
  return new Response(body, { status, headers });
}

/** What openid-client sends: a form as text, URLSearchParams or bytes. Anything else is a mistake of ours. */
async function bodyOf(body: RequestInit["body"]): Promise<Buffer | undefined> {
  if (body === undefined || body === null) return undefined;
  return Buffer.from(await new Response(body).arrayBuffer());
}

/** Resolving cannot be interrupted, only left behind. */
function beforeEnd<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolved, reject) => {
    const end = () => reject(signal.reason as Error);
    signal.addEventListener("abort", end, { once: true });
    promise.then(resolved, reject).finally(() => signal.removeEventListener("abort", end));
  });
}
