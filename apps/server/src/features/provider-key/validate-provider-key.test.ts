import { type ProviderStandIn, startProviderStandIn } from "@aic-sos/devstack/provider-stand-in";
import { makeWorkspace } from "@aic-sos/testkit/make-workspace";
import type { TestTenant } from "@aic-sos/testkit/make-tenant";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditTrail } from "../../../test/audit-trail.ts";
import { type Harness, startHarness } from "../../../test/harness.ts";
import { freshName } from "../../../test/places.ts";
import { problemIn } from "../../../test/procedure-calls.ts";
import { type Actor, makeActor, makeHome } from "../../../test/world.ts";

const KEYS = {
  openai: "sk-proj-good0123456789abcdefghijklmnop",
  anthropic: "sk-ant-api03-good0123456789abcdefghijklmnop",
  azure_openai: "0123456789abcdef0123456789abcdef",
  busy: "sk-proj-busy0123456789abcdefghijklmnop",
  broken: "sk-proj-broken0123456789abcdefghijklm",
  hangs: "sk-proj-hangs0123456789abcdefghijklmn",
  wrong: "sk-proj-wrong0123456789abcdefghijklmn",
};
const AZURE = "https://acme.openai.azure.com";

let standIn: ProviderStandIn;
let harness: Harness;
let tenant: TestTenant;

beforeAll(async () => {
  standIn = await startProviderStandIn({
    keys: [
      { provider: "openai", key: KEYS.openai, answer: "models" },
      { provider: "anthropic", key: KEYS.anthropic, answer: "models" },
      { provider: "azure_openai", key: KEYS.azure_openai, answer: "models" },
      { provider: "openai", key: KEYS.busy, answer: "rate_limited" },
      { provider: "openai", key: KEYS.broken, answer: "unavailable" },
      { provider: "openai", key: KEYS.hangs, answer: "hangs" },
    ],
  });
  harness = await startHarness({ providersUrl: standIn.url });
  ({ tenant } = await makeHome(harness, harness.us));
});
afterAll(async () => {
  await harness.stop();
  await standIn.close();
});

/** Somebody in a workspace of their own, for the limit counts per workspace. */
async function integrator(): Promise<Actor> {
  const workspace = await makeWorkspace(await harness.cells.superuser(harness.us), tenant);
  return makeActor(harness, tenant, { role: "IntegrationAdmin", workspace });
}

async function store(
  actor: Actor,
  provider: string,
  key: string,
): Promise<{ id: string; warnings: string[]; text: string }> {
  const endpoint = provider === "azure_openai" ? { endpoint: AZURE } : {};
  const answer = await actor.post("/api/provider-keys", {
    provider,
    name: freshName("Key"),
    key,
    ...endpoint,
  });
  expect(answer.status, answer.text).toBe(201);
  const { providerKey, warnings } = answer.body as {
    providerKey: { id: string };
    warnings: string[];
  };
  return { id: providerKey.id, warnings, text: answer.text };
}

const validate = (actor: Actor, providerKeyId: string) =>
  actor.post("/api/validate-key", { providerKeyId });

describe("a stored provider key", () => {
  it.each(["openai", "anthropic", "azure_openai"] as const)(
    "of %s is shown again only as its last four characters",
    async (provider) => {
      const actor = await integrator();
      const { text } = await store(actor, provider, KEYS[provider]);
      const list = await actor.get("/api/provider-keys");
      expect(list.body).toMatchObject({
        items: [
          {
            provider,
            lastFour: KEYS[provider].slice(-4),
            health: "unknown",
            checkedAt: null,
            version: 1,
          },
        ],
      });
      for (const shown of [text, list.text])
        expect(shown).not.toContain(KEYS[provider].slice(0, -4));
    },
  );

  it("of an unusual format is stored with a warning", async () => {
    const actor = await integrator();
    expect((await store(actor, "openai", "my-company-proxy-key-1234")).warnings).toHaveLength(1);
    expect((await store(actor, "openai", KEYS.anthropic)).warnings.join(" ")).toContain(
      "Anthropic",
    );
    expect((await store(actor, "openai", KEYS.openai)).warnings).toEqual([]);
  });

  it("opens with the keyring, for its own row only", async () => {
    const actor = await integrator();
    const { id } = await store(actor, "openai", KEYS.openai);
    const db = await harness.cells.superuser(harness.us);
    const { rows } = await db.query<{ id: string; sealed: Buffer }>(
      "select id, sealed from provider_key_versions where provider_key_id = $1",
      [id],
    );
    const [row] = rows;
    if (!row) throw new Error("no version was stored");
    const context = (recordId: string) =>
      ({ tenantId: tenant.id, purpose: "provider_key", recordId, field: "sealed" }) as const;
    const opened = await harness.keyringOf(1).open(tenant.id, row.sealed, context(row.id));
    expect(Buffer.from(opened).toString("utf8")).toBe(KEYS.openai);
    await expect(harness.keyringOf(1).open(tenant.id, row.sealed, context(id))).rejects.toThrow();
  });
});

describe("validating", () => {
  it.each(["openai", "anthropic", "azure_openai"] as const)(
    "a good key of %s asks the configured host and keeps what it said",
    async (provider) => {
      const actor = await integrator();
      const { id } = await store(actor, provider, KEYS[provider]);
      const answer = await validate(actor, id);
      expect(answer.body).toMatchObject({
        providerKeyId: id,
        health: "valid",
        models: expect.any(Number),
        warning: null,
      });
      expect((await actor.get("/api/provider-keys")).body).toMatchObject({
        items: [{ health: "valid" }],
      });
      const [event] = (
        await auditTrail(harness.cells, harness.us, { type: "provider_key.validated" })
      ).slice(-1);
      expect(event).toMatchObject({ resource: { id }, actor: { id: actor.person.id } });
    },
  );

  it.each([
    ["refuses", KEYS.wrong, "invalid"],
    ["limits", KEYS.busy, "unreachable"],
    ["cannot serve", KEYS.broken, "unreachable"],
  ])(
    "a key that the provider %s warns, and never repeats the provider's words or the key",
    async (_, key, health) => {
      const actor = await integrator();
      const { id } = await store(actor, "openai", key);
      const answer = await validate(actor, id);
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({ health, models: null, warning: expect.any(String) });
      expect(answer.text).not.toContain(key.slice(0, 12));
    },
  );

  it("with a provider that hangs ends in time, and holds no transaction meanwhile", async () => {
    const actor = await integrator();
    const { id } = await store(actor, "openai", KEYS.hangs);
    const started = performance.now();
    const pending = validate(actor, id);
    const db = await harness.cells.superuser(harness.us);
    const open = async () =>
      (
        await db.query(
          `select from pg_stat_activity where datname = current_database() and usename = 'aic_app'
            and xact_start < now() - interval '300 milliseconds'`,
        )
      ).rowCount;
    await new Promise((resolve) => {
      setTimeout(resolve, 1_000);
    });
    expect(await open()).toBe(0);
    const answer = await pending;
    expect(answer.body).toMatchObject({ health: "unreachable", models: null });
    expect(performance.now() - started).toBeLessThan(8_000);
  });

  it("is done three times a minute at most, for a workspace; then the caller is told how long to wait", async () => {
    const actor = await integrator();
    const { id } = await store(actor, "openai", KEYS.openai);
    for (let n = 0; n < 3; n += 1) expect((await validate(actor, id)).status).toBe(200);
    const answer = await validate(actor, id);
    expect([answer.status, problemIn(answer)?.["code"]]).toEqual([429, "rate_limited"]);
    const wait = Number(answer.headers.get("retry-after"));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect(problemIn(answer)?.["retryAfterSeconds"]).toBe(wait);
    const neighbour = await integrator();
    expect(
      (await validate(neighbour, (await store(neighbour, "openai", KEYS.openai)).id)).status,
    ).toBe(200);
  });
});
