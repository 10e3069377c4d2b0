import type { Provider } from "@aic-sos/contract/provider-keys";
import { z } from "zod";
import type { Health } from "./provider-key.store.ts";

/** Milliseconds for the whole call. */
const TIMEOUT_MS = 5_000;
/** A list of models is some hundred kilobytes at most. */
const MAX_BYTES = 4_000_000;

const AZURE_API_VERSION = "2024-10-21";
const ANTHROPIC_VERSION = "2023-06-01";

const Models = z.object({ data: z.array(z.unknown()) });

/** The region's provider hosts, as configured. */
export interface ProviderHosts {
  readonly openai: string;
  readonly anthropic: string;
  readonly azureOpenai?: string | undefined;
}

export interface ListedModels {
  readonly health: Exclude<Health, "unknown">;
  readonly models: number | null;
  readonly warning: string | null;
}

/**
 * Tries a key by the provider's free list-models call. Never throws and never repeats what the provider said: its
 * words may hold the key. Redirects are not followed, for they would carry the key elsewhere.
 */
export async function listModels(
  hosts: ProviderHosts,
  provider: Provider,
  endpoint: string | null,
  key: string,
): Promise<ListedModels> {
  const { url, headers } = REQUESTS[provider](hosts, endpoint, key);
  try {
    const response = await fetch(url, {
      headers,
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.ok) return { health: "valid", models: await countModels(response), warning: null };
    await response.body?.cancel();
    return refusal(response.status);
  } catch {
    return {
      health: "unreachable",
      models: null,
      warning:
        "The provider could not be reached or did not answer in time; the key is stored all the same.",
    };
  }
}

/** Address and headers of each provider's list-models call. */
const REQUESTS: Readonly<
  Record<Provider, (hosts: ProviderHosts, endpoint: string | null, key: string) => ModelsRequest>
> = {
  openai: (hosts, _endpoint, key) => ({
    url: new URL("/v1/models", hosts.openai),
    headers: { authorization: `Bearer ${key}` },
  }),
  anthropic: (hosts, _endpoint, key) => ({
    url: new URL("/v1/models", hosts.anthropic),
    headers: { "x-api-key": key, "anthropic-version": ANTHROPIC_VERSION },
  }),
  azure_openai: (hosts, endpoint, key) => ({
    url: new URL(
      `/openai/models?api-version=${AZURE_API_VERSION}`,
      hosts.azureOpenai ?? endpoint ?? undefined,
    ),
    headers: { "api-key": key },
  }),
};

interface ModelsRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

async function countModels(response: Response): Promise<number | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_BYTES) return null;
    chunks.push(chunk);
  }
  try {
    return Models.parse(JSON.parse(Buffer.concat(chunks).toString("utf8"))).data.length;
  } catch {
    return null;
  }
}

function refusal(status: number): ListedModels {
  if (status === 401 || status === 403) {
    return { health: "invalid", models: null, warning: "The provider refused the key." };
  }
  const what =
    status === 429 ? "is limiting requests of this key" : `answered with status ${status}`;
  return {
    health: "unreachable",
    models: null,
    warning: `The provider ${what}, so the key could not be checked; it is stored all the same.`,
  };
}
