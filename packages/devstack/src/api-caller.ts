import { Problem } from "@aic-sos/contract/problem";

/** A refusal of the server, in its own words. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly status: number;
  readonly code: string;
  readonly resourceId: string | undefined;

  constructor(call: string, status: number, problem: Problem | undefined) {
    const fields = (problem?.errors ?? []).map(({ field, message }) => `${field} ${message}`);
    super(
      [`${call} → ${status} ${problem?.code ?? ""}`, problem?.detail ?? "", ...fields].join("\n  "),
    );
    this.status = status;
    this.code = problem?.code ?? "unknown";
    this.resourceId = problem?.resourceId;
  }
}

export interface CallOptions {
  /** The workspace to act in. */
  readonly workspaceId?: string;
  /** Makes the call safe to repeat. */
  readonly idempotencyKey?: string;
}

/** Calls the REST API as somebody. */
export interface ApiCaller {
  /** @throws {ApiProblem} for any answer but a success */
  call(
    method: "GET" | "POST" | "PUT",
    path: string,
    body?: unknown,
    options?: CallOptions,
  ): Promise<unknown>;
}

/**
 * A caller with a credential.
 * @param credential gives the header that proves who it is, `authorization` or `cookie`; asked at the
 *   first call
 */
export function createApiCaller(
  serverUrl: string,
  credential: () => Promise<Readonly<Record<string, string>>>,
): ApiCaller {
  let asked: ReturnType<typeof credential> | undefined;
  return {
    call: async (method, path, body, { workspaceId, idempotencyKey } = {}) => {
      asked ??= credential();
      const response = await fetch(new URL(path, serverUrl), {
        method,
        headers: {
          ...(await asked),
          accept: "application/json",
          // What a browser says of a page of ours; without it a request with a cookie is taken for
          // a forged one.
          "sec-fetch-site": "same-origin",
          origin: new URL(serverUrl).origin,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...(workspaceId === undefined ? {} : { "x-workspace-id": workspaceId }),
          ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const answer: unknown = await response.json().catch(() => undefined);
      if (response.ok) return answer;
      throw new ApiProblem(`${method} ${path}`, response.status, Problem.safeParse(answer).data);
    },
  };
}
