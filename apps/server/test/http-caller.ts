/** Calls a server over HTTP, as one caller, on both of its faces. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Parsed JSON; undefined when the body is none. */
  readonly body: unknown;
}

export interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is, instead of JSON. */
  readonly raw?: string | Uint8Array<ArrayBuffer>;
}

export interface Caller {
  readonly headers: Readonly<Record<string, string>>;
  /** Any request; `path` starts with a slash. */
  send(method: string, path: string, body?: unknown, sent?: Sent): Promise<Answer>;
  get(path: string, sent?: Sent): Promise<Answer>;
  post(path: string, body?: unknown, sent?: Sent): Promise<Answer>;
  put(path: string, body?: unknown, sent?: Sent): Promise<Answer>;
  delete(path: string, sent?: Sent): Promise<Answer>;
  /** A tRPC query; answers what a client sees: `{ result }` or `{ error }`. */
  query(key: string, input: unknown, sent?: Sent): Promise<Answer>;
  mutate(key: string, input: unknown, sent?: Sent): Promise<Answer>;
}

/** @param url of the server, without a slash at its end */
export function httpCaller(url: string, own: Readonly<Record<string, string>> = {}): Caller {
  const send = async (
    method: string,
    path: string,
    body?: unknown,
    sent: Sent = {},
  ): Promise<Answer> => {
    const content = sent.raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(`${url}${path}`, {
      method,
      redirect: "manual",
      headers: {
        ...(content === undefined ? {} : { "content-type": "application/json" }),
        ...own,
        ...sent.headers,
      },
      ...(content === undefined ? {} : { body: content }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  };
  return {
    headers: own,
    send,
    get: (path, sent) => send("GET", path, undefined, sent),
    post: (path, body, sent) => send("POST", path, body ?? {}, sent),
    put: (path, body, sent) => send("PUT", path, body ?? {}, sent),
    delete: (path, sent) => send("DELETE", path, undefined, sent),
    query: (key, input, sent) =>
      send(
        "GET",
        `/trpc/${key}?input=${encodeURIComponent(JSON.stringify(input) ?? "")}`,
        undefined,
        sent,
      ),
    mutate: (key, input, sent) => send("POST", `/trpc/${key}`, input, sent),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
