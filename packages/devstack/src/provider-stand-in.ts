import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Provider } from "@aic-sos/contract/provider-keys";
import { type Answer, PROVIDER_ANSWERS } from "./provider-answers.ts";

/** One key that the stand-in knows, and how it answers to it. Any other key gets a 401. */
export interface StandInKey {
  readonly provider: Provider;
  readonly key: string;
  /** `hangs` takes the request and never answers. */
  readonly answer: "models" | "rate_limited" | "unavailable" | "hangs";
}

/** A stand-in that is listening. */
export interface ProviderStandIn {
  /** Host of all three providers, such as `http://127.0.0.1:43210`. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts an HTTP server on 127.0.0.1 that answers the list-models call of three providers with
 * their status codes and their shapes, so that validating a key can be tried without their hosts:
 *
 * - OpenAI: `GET /v1/models`, `Authorization: Bearer <key>`
 * - Anthropic: `GET /v1/models`, `x-api-key: <key>`, `anthropic-version: 2023-06-01`
 * - Azure OpenAI: `GET /openai/models?api-version=…`, `api-key: <key>`
 *
 * Port 0 takes a free one. Keys are never logged.
 */
export async function startProviderStandIn(options: {
  readonly port?: number;
  readonly keys: readonly StandInKey[];
}): Promise<ProviderStandIn> {
  const server = createServer((request, response) => {
    const answer = answerTo(request, options.keys);
    if (answer !== "hangs") send(response, answer);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections(); // also those that hang
      }),
  };
}

interface Call {
  readonly provider: Provider;
  readonly key: string;
  /** What else the provider demands of the call and did not get. */
  readonly lacks: "noVersion" | "unknownPath" | undefined;
}

function answerTo(request: IncomingMessage, keys: readonly StandInKey[]): Answer | "hangs" {
  const call = callOf(request);
  if (call === undefined) return PROVIDER_ANSWERS.openai.unknownPath;
  const { provider, key, lacks } = call;
  const answers = PROVIDER_ANSWERS[provider];
  if (key === "") return answers.noKey;
  const known = keys.find((one) => one.provider === provider && one.key === key);
  if (known === undefined) return answers.wrongKey(key);
  if (lacks !== undefined) return answers[lacks];
  return known.answer === "hangs" ? "hangs" : answers[ANSWERS[known.answer]];
}

const ANSWERS = {
  models: "models",
  rate_limited: "rateLimited",
  unavailable: "unavailable",
} as const;

/** OpenAI and Anthropic share a path; the header says which one is meant. */
function callOf(request: IncomingMessage): Call | undefined {
  const url = new URL(request.url ?? "/", "http://stand-in");
  const header = (name: string): string => String(request.headers[name] ?? "");
  if (request.method !== "GET") return undefined;
  if (url.pathname === "/openai/models") {
    const lacks = url.searchParams.get("api-version") ? undefined : "unknownPath";
    return { provider: "azure_openai", key: header("api-key"), lacks };
  }
  if (url.pathname !== "/v1/models") return undefined;
  if (header("x-api-key") !== "" || header("anthropic-version") !== "") {
    const lacks = header("anthropic-version") === "" ? "noVersion" : undefined;
    return { provider: "anthropic", key: header("x-api-key"), lacks };
  }
  const bearer = /^Bearer (\S+)$/i.exec(header("authorization"));
  return { provider: "openai", key: bearer?.[1] ?? "", lacks: undefined };
}

function send(response: ServerResponse, answer: Answer): void {
  response
    .writeHead(answer.status, { "content-type": "application/json", ...answer.headers })
    .end(JSON.stringify(answer.body));
}
