import type { Provider } from "@aic-sos/contract/provider-keys";

/** An HTTP answer as one of the providers would give it. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** All that a provider says about a list-models call, in its own words and shapes. */
export interface ProviderAnswers {
  readonly models: Answer;
  readonly noKey: Answer;
  /** OpenAI quotes the key, masked. */
  readonly wrongKey: (key: string) => Answer;
  /** Anthropic only: a good key without `anthropic-version`. */
  readonly noVersion: Answer;
  readonly unknownPath: Answer;
  readonly rateLimited: Answer;
  readonly unavailable: Answer;
}

const RETRY = { "retry-after": "20" };

const openai: ProviderAnswers = {
  models: ok({
    object: "list",
    data: ["gpt-4o", "gpt-4o-mini", "o3-mini"].map((id) => ({
      id,
      object: "model",
      created: 1_715_367_049,
      owned_by: "system",
    })),
  }),
  noKey: openaiError(
    401,
    null,
    "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).",
  ),
  wrongKey: (key) =>
    openaiError(
      401,
      "invalid_api_key",
      `Incorrect API key provided: ${masked(key)}. You can find your API key at https://platform.openai.com/account/api-keys.`,
    ),
  noVersion: openaiError(400, null, "Bad request."),
  unknownPath: openaiError(404, "unknown_url", "Unknown request URL."),
  rateLimited: {
    ...openaiError(429, "rate_limit_exceeded", "Rate limit reached for requests.", "requests"),
    headers: RETRY,
  },
  unavailable: openaiError(503, null, "The server is currently overloaded.", "server_error"),
};

const azureDenied = azureError(
  401,
  "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.",
);

const azureOpenai: ProviderAnswers = {
  models: ok({
    data: ["gpt-4o-2024-11-20", "o3-mini-2025-01-31"].map((id) => ({
      id,
      object: "model",
      status: "succeeded",
      created_at: 1_732_060_800,
      updated_at: 1_732_060_800,
      lifecycle_status: "generally-available",
      capabilities: { fine_tune: false, inference: true, completion: false, chat_completion: true },
    })),
    object: "list",
  }),
  noKey: azureDenied,
  wrongKey: () => azureDenied,
  noVersion: azureError(404, "Resource not found"),
  unknownPath: azureError(404, "Resource not found"),
  rateLimited: {
    ...azureError(429, "Requests have exceeded the call rate limit. Retry after 20 seconds."),
    headers: RETRY,
  },
  unavailable: azureError(503, "The service is temporarily unable to process your request."),
};

const anthropic: ProviderAnswers = {
  models: ok({
    data: [
      {
        type: "model",
        id: "claude-sonnet-4-20250514",
        display_name: "Claude Sonnet 4",
        created_at: "2025-05-22T00:00:00Z",
      },
      {
        type: "model",
        id: "claude-3-5-haiku-20241022",
        display_name: "Claude Haiku 3.5",
        created_at: "2024-10-22T00:00:00Z",
      },
    ],
    has_more: false,
    first_id: "claude-sonnet-4-20250514",
    last_id: "claude-3-5-haiku-20241022",
  }),
  noKey: anthropicError(401, "authentication_error", "x-api-key header is required"),
  wrongKey: () => anthropicError(401, "authentication_error", "invalid x-api-key"),
  noVersion: anthropicError(400, "invalid_request_error", "anthropic-version: header is required"),
  unknownPath: anthropicError(404, "not_found_error", "Not found"),
  rateLimited: {
    ...anthropicError(429, "rate_limit_error", "This request would exceed your rate limit."),
    headers: RETRY,
  },
  unavailable: anthropicError(529, "overloaded_error", "Overloaded"),
};

/** What each provider answers, after its public API reference. */
export const PROVIDER_ANSWERS: Readonly<Record<Provider, ProviderAnswers>> = {
  openai,
  azure_openai: azureOpenai,
  anthropic,
};

function ok(body: unknown): Answer {
  return { status: 200, body };
}

function openaiError(
  status: number,
  code: string | null,
  message: string,
  type = "invalid_request_error",
): Answer {
  return { status, body: { error: { message, type, param: null, code } } };
}

function azureError(status: number, message: string): Answer {
  return { status, body: { error: { code: String(status), message } } };
}

function anthropicError(status: number, type: string, message: string): Answer {
  return { status, body: { type: "error", error: { type, message } } };
}

function masked(key: string): string {
  return key.length < 12 ? "***" : `${key.slice(0, 3)}${"*".repeat(8)}${key.slice(-4)}`;
}
