import type { z } from "zod";
import { expectThat } from "../unmet.ts";

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** What the server answered, whatever it was. */
export interface Answer {
  readonly call: string;
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  /** Undefined when the body is no JSON. */
  readonly body: unknown;
}

export interface CallOptions {
  readonly body?: unknown;
  /** A workspace's id, or `*` for the whole tenant. */
  readonly workspaceId?: string | undefined;
  readonly idempotencyKey?: string;
}

/** Calls the REST API as somebody. */
export interface Caller {
  /** Who, for a FAIL line. */
  readonly who: string;
  readonly credential: Readonly<Record<string, string>>;
  call(method: Method, path: string, options?: CallOptions): Promise<Answer>;
}

/** @param credential an `authorization` or a `cookie` header; none: a stranger */
export function callerWith(
  url: string,
  who: string,
  credential: Readonly<Record<string, string>>,
): Caller {
  return {
    who,
    credential,
    call: async (method, path, { body, workspaceId, idempotencyKey } = {}) => {
      const response = await fetch(new URL(path, url), {
        method,
        redirect: "manual",
        headers: {
          ...credential,
          accept: "application/json",
          // What a browser says of a page of ours.
          "sec-fetch-site": "same-origin",
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...(workspaceId === undefined ? {} : { "x-workspace-id": workspaceId }),
          ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const call = `${who}: ${method} ${path}`;
      return { call, status: response.status, text, headers: response.headers, body: parsed(text) };
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The answer in its shape. Goes on only when it has this status. */
export function answered<T extends z.ZodType>(
  answer: Answer,
  status: number,
  shape: T,
): z.output<T> {
  expectThat(
    answer.status === status,
    `${answer.call} to answer ${status}`,
    `${answer.status} ${answer.text}`,
  );
  const result = shape.safeParse(answer.body);
  expectThat(
    result.success,
    `${answer.call} to answer in its shape`,
    result.error?.message ?? answer.text,
  );
  return result.data;
}
