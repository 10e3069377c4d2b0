import { randomBytes } from "node:crypto";
import { CreatedProviderKey, ProviderKeyPage, ValidatedKey } from "@aic-sos/contract/provider-keys";
import { tablesHolding } from "../database/find-secret.ts";
import { countOf, withDatabase } from "../database/look.ts";
import { type Check, databaseOf, type Gate, made } from "../gate.ts";
import { type Answer, answered } from "../rest/caller.ts";
import { expectSame, expectThat } from "../unmet.ts";

/** A customer's own key is sealed in the database, shown again as its last four, and tried at the provider. */
export const storeProviderKey: Check = {
  title: "store a BYO OpenAI key (encrypted in the database, validated)",
  run: async (gate) => {
    const good = gate.dev.providers.keys.openai;
    const unknown = `sk-proj-${randomBytes(24).toString("base64url")}`;
    const goodId = await store(gate, "OpenAI production", good);
    const unknownId = await store(gate, "OpenAI pilot", unknown);
    gate.made.providerKeyId = goodId;
    const valid = await validate(gate, goodId);
    expectThat(
      valid.health === "valid" && (valid.models ?? 0) > 0,
      "the provider to accept the key and list models",
      valid,
    );
    const invalid = await validate(gate, unknownId);
    expectThat(
      invalid.health === "invalid" && invalid.warning !== null,
      "a key that the provider does not know to be stored, with a warning",
      invalid,
    );
    await lookInDatabases(gate, [good, unknown], [goodId, unknownId]);
    return `sealed (not raw, hex or base64 in any table), ${valid.models} models listed`;
  },
};

async function store(gate: Gate, name: string, key: string): Promise<string> {
  const { integrationAdmin } = made(gate, "members");
  const workspaceId = made(gate, "workspace").id;
  const body = { provider: "openai", name, key, workspaceId };
  const answer = await integrationAdmin.rest.call("POST", "/api/provider-keys", { body });
  const { providerKey } = answered(answer, 201, CreatedProviderKey);
  expectSame("the last four characters", key.slice(-4), providerKey.lastFour);
  const list = await integrationAdmin.rest.call(
    "GET",
    `/api/provider-keys?workspaceId=${workspaceId}`,
  );
  const listed = answered(list, 200, ProviderKeyPage).items.some(({ id }) => id === providerKey.id);
  expectSame("the key to be listed", true, listed);
  for (const seen of [answer, list]) saysNothingOf(seen, key);
  return providerKey.id;
}

function saysNothingOf({ call, text }: Answer, key: string): void {
  expectThat(
    !text.includes(key.slice(0, -4)),
    `${call} not to show the key`,
    "the key is in the answer",
  );
}

async function validate(gate: Gate, providerKeyId: string) {
  const body = { providerKeyId, workspaceId: made(gate, "workspace").id };
  const { integrationAdmin } = made(gate, "members");
  return answered(
    await integrationAdmin.rest.call("POST", "/api/validate-key", { body }),
    200,
    ValidatedKey,
  );
}

/** As superuser, past row-level security: every row of every table, in both regions. */
async function lookInDatabases(
  gate: Gate,
  secrets: readonly string[],
  ids: readonly string[],
): Promise<void> {
  const stored = await withDatabase(databaseOf(gate, gate.region).superuser, (client) =>
    countOf(
      client,
      "select count(*) from provider_key_versions where provider_key_id = any($1::uuid[]) and octet_length(sealed) > 64",
      [ids],
    ),
  );
  expectSame("the number of sealed rows", ids.length, stored);
  for (const region of Object.keys(gate.dev.databases)) {
    for (const secret of secrets) {
      const tables = await withDatabase(databaseOf(gate, region).superuser, (client) =>
        tablesHolding(client, secret),
      );
      expectThat(tables.length === 0, `the key to be nowhere readable in ${region}`, tables);
    }
  }
}
