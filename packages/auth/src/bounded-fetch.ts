import { LoginError } from "./login-error.ts";

/** Metadata, key sets and token answers of real providers stay well below this many bytes. */
const MAX_ANSWER_BYTES = 512 * 1024;

export interface FetchOptions {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: RequestInit["body"] | Uint8Array | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The part of `fetch` that is used, so that an outbound guard can be handed in. */
export type Fetch = (url: string, options: RequestInit) => Promise<Response>;

/**
 * A `fetch` for identity providers: one deadline for headers *and* body, at most `MAX_ANSWER_BYTES`, no redirects (one
 * could lead to a host that nobody agreed to). An answer of 500 and above counts as not reachable.
 * @param timeoutMs milliseconds for one whole request
 * @throws LoginError `provider_unreachable` or `provider_invalid`
 */
export function boundedFetch(fetch: Fetch, timeoutMs: number) {
  return async (url: string, options: FetchOptions): Promise<Response> => {
    const place = placeOf(url);
    const deadline = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(url, {
        method: options.method,
        headers: options.headers,
        body: ownBytes(options.body),
        redirect: "manual",
        signal: options.signal ? AbortSignal.any([deadline, options.signal]) : deadline,
      });
      refuseStatus(response.status, place);
      const body = await readBounded(response, place);
      return new Response(body.length > 0 ? body : null, response);
    } catch (failure) {
      if (failure instanceof LoginError) throw failure;
      throw new LoginError("provider_unreachable", `${place}: ${reasonOf(failure, timeoutMs)}`);
    }
  };
}

function refuseStatus(status: number, place: string): void {
  if (status >= 500) throw new LoginError("provider_unreachable", `${place} answered ${status}`);
  if (status >= 300 && status < 400) {
    throw new LoginError(
      "provider_invalid",
      `${place} answered with a redirect, which is not followed`,
    );
  }
}

/** Bytes in memory of their own: a view of a shared buffer is no body, under the DOM's types at least. */
function ownBytes(body: FetchOptions["body"]) {
  return body instanceof Uint8Array ? new Uint8Array(body) : (body ?? null);
}

async function readBounded(response: Response, place: string): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) {
      throw new LoginError(
        "provider_invalid",
        `${place} answered with over ${MAX_ANSWER_BYTES} bytes`,
      );
    }
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** Without the query, where a careless provider might have a secret. */
function placeOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

/** Only codes of the system: messages of libraries may quote what was sent. */
function reasonOf(failure: unknown, timeoutMs: number): string {
  if (!(failure instanceof Error)) return "the request failed";
  if (failure.name === "TimeoutError") return `no complete answer within ${timeoutMs} ms`;
  const code =
    failure.cause instanceof Error && "code" in failure.cause ? failure.cause.code : undefined;
  return typeof code === "string" ? `the request failed (${code})` : "the request failed";
}
