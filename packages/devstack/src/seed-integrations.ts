import { Connector } from "@aic-sos/contract/connectors";
import { CreatedProviderKey, type Provider, ValidatedKey } from "@aic-sos/contract/provider-keys";
import { make, type SeedPlace } from "./seed-place.ts";

export type ProviderSecrets = Readonly<Record<Provider, string>>;

/** As long as a real one, and unknown to the stand-in. */
const REVOKED = `sk-proj-${"0".repeat(40)}Revoked0`;

/**
 * Stores one key per provider and one that was revoked, and tries two of them: a good one and the
 * revoked one. Not more, since only three a minute may be tried.
 */
export async function seedProviderKeys(
  place: SeedPlace,
  keys: ProviderSecrets,
  slug: string,
): Promise<void> {
  const store = (
    provider: Provider,
    name: string,
    key: string,
    endpoint?: string,
  ): Promise<string> =>
    make(
      place,
      {
        name: `key:${name}`,
        path: "/api/provider-keys",
        body: { provider, name, key, ...(endpoint === undefined ? {} : { endpoint }) },
      },
      (answer) => CreatedProviderKey.parse(answer).providerKey.id,
    );
  const good = await store("openai", "OpenAI production", keys.openai);
  await store("anthropic", "Anthropic production", keys.anthropic);
  await store(
    "azure_openai",
    "Azure OpenAI",
    keys.azure_openai,
    `https://${slug}-itsm.openai.azure.com`,
  );
  const revoked = await store("openai", "OpenAI pilot 2024", REVOKED);
  for (const providerKeyId of [good, revoked]) {
    const thing = {
      name: `validated:${providerKeyId}`,
      path: "/api/validate-key",
      body: { providerKeyId },
    };
    await make(place, thing, (answer) => ValidatedKey.parse(answer).health);
  }
}

/**
 * Installs a ServiceNow instance with credentials, and a webhook that still waits for its signing
 * secret.
 */
export async function seedConnectors(place: SeedPlace, slug: string): Promise<void> {
  const install = (body: {
    readonly name: string;
    readonly [field: string]: unknown;
  }): Promise<string> =>
    make(
      place,
      { name: `connector:${body.name}`, path: "/api/connectors/install", body },
      (answer) => Connector.parse(answer).id,
    );
  await install({
    kind: "servicenow",
    name: "ServiceNow",
    config: { instanceUrl: `https://${slug}.service-now.example` },
    credentials: { username: "svc-aic-sos", password: "demo-servicenow-password" },
  });
  await install({
    kind: "webhook",
    name: "Chat notifications",
    config: { url: `https://hooks.${slug}.example/itsm` },
  });
}
