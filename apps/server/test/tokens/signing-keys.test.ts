import type { JsonWebKey } from "node:crypto";
import { platformTenantId } from "@aic-sos/contract/ids";
import { freshId } from "@aic-sos/testkit/make-id";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSigningKeyring, type SigningKeyring } from "../../src/signing-keys.ts";
import { TokenSettings } from "../../src/token-settings.ts";
import { auditTrail } from "../audit-trail.ts";
import { type Harness, startHarness } from "../harness.ts";
import { bearer, refresh, signInApp, type Tokens } from "../native-app.ts";
import { type Actor, makeActor, makeHome } from "../world.ts";

const DAY = 24 * 60 * 60_000;
const MINUTE = 60_000;
const CELL = 1;

let harness: Harness;
let ana: Actor;
/** The clock of the replicas below. */
let now: number;

beforeAll(async () => {
  harness = await startHarness();
  const { tenant, workspace } = await makeHome(harness, harness.us);
  ana = await makeActor(harness, tenant, { role: "Operator", workspace });
});
afterAll(() => harness.stop());

/** A replica over the same cell, with a clock that the test moves. */
function replica(): SigningKeyring {
  return createSigningKeyring({
    keyringOf: (cell) => harness.keyringOf(cell),
    newId: freshId,
    now: () => now,
    settings: TokenSettings.parse(undefined).signingKeys,
  });
}

function kidOf({ access_token: token }: Tokens): string {
  const header = Buffer.from(token.split(".")[0] ?? "", "base64url").toString("utf8");
  return (JSON.parse(header) as { kid: string }).kid;
}

async function publishedIds(keys: SigningKeyring): Promise<string[]> {
  return (await keys.published(CELL)).map(({ kid }) => kid);
}

describe("a rotation", () => {
  it("is seen by no app: the old token is good, the next one is signed by the new key", async () => {
    const tokens = await signInApp(harness, ana);
    const before = kidOf(tokens);
    now = Date.now() + 29 * DAY + MINUTE;
    await replica().rotate(CELL);
    const db = await harness.cells.superuser(harness.us);
    await db.query("update signing_keys set activates_at = now() where generation = 2");
    let next = tokens;
    // The server keeps its list of keys for half a minute.
    await expect
      .poll(
        async () => {
          next = (await refresh(harness.url, next.refresh_token)).body as Tokens;
          return kidOf(next);
        },
        { timeout: 40_000, interval: 2_000 },
      )
      .not.toBe(before);
    for (const each of [tokens, next]) {
      expect((await bearer(harness.url, each).get("/api/me")).status).toBe(200);
    }
    const { body } = await harness.anonymous.get("/.well-known/jwks.json");
    const { keys } = body as { keys: (JsonWebKey & { kid: string })[] };
    expect(keys.map(({ kid }) => kid)).toEqual(expect.arrayContaining([before, kidOf(next)]));
  }, 60_000);
});

describe("signing keys", () => {
  beforeEach(async () => {
    const db = await harness.cells.superuser(harness.us);
    await db.query("delete from signing_keys");
    now = Date.now();
  });

  it("are there from the start, one a cell, whoever of eight replicas was first", async () => {
    await Promise.all(Array.from({ length: 8 }, () => replica().rotate(CELL)));
    const ids = await Promise.all(
      Array.from({ length: 8 }, async () => (await replica().signer(CELL)).keyId),
    );
    expect(new Set(ids).size).toBe(1);
    expect(await publishedIds(replica())).toEqual([ids[0]]);
  });

  it("of another replica are found also after the clock was set back", async () => {
    const keys = replica();
    await keys.rotate(CELL);
    const first = (await keys.signer(CELL)).keyId;
    const db = await harness.cells.superuser(harness.us);
    await db.query("delete from signing_keys where id = $1", [first]);
    now -= 10 * MINUTE;
    const other = replica();
    await other.rotate(CELL);
    const second = (await other.signer(CELL)).keyId;
    expect(await keys.publicKey(CELL, second)).toBeDefined();
    expect((await keys.signer(CELL)).keyId).toBe(second);
  });

  it("are published a day before they sign, and as long as what they signed is good", async () => {
    const keys = replica();
    await keys.rotate(CELL);
    const first = (await keys.signer(CELL)).keyId;
    now += 29 * DAY - MINUTE;
    await keys.rotate(CELL);
    expect(await publishedIds(keys)).toEqual([first]);
    now += 2 * MINUTE;
    await keys.rotate(CELL);
    const [second = ""] = (await publishedIds(keys)).filter((kid) => kid !== first);
    expect(second).not.toBe("");
    expect((await keys.signer(CELL)).keyId).toBe(first);
    now += DAY;
    expect((await keys.signer(CELL)).keyId).toBe(second);
    expect(await publishedIds(keys)).toEqual([second, first]);
    now += 5 * MINUTE;
    await keys.rotate(CELL);
    now += 15 * MINUTE;
    expect(await publishedIds(keys)).toEqual([second, first]);
    expect(await keys.publicKey(CELL, first)).toBeDefined();
    now += 3 * MINUTE;
    expect(await publishedIds(keys)).toEqual([second]);
    expect(await keys.publicKey(CELL, first)).toBeUndefined();
  });

  it("have no private half any more once they no longer sign", async () => {
    const keys = replica();
    await keys.rotate(CELL);
    now += 29 * DAY + MINUTE;
    await Promise.all([keys.rotate(CELL), replica().rotate(CELL), replica().rotate(CELL)]);
    now += 2 * DAY;
    await Promise.all([keys.rotate(CELL), replica().rotate(CELL), replica().rotate(CELL)]);
    const db = await harness.cells.superuser(harness.us);
    const { rows } = await db.query(
      "select generation, private_key_sealed is null as gone from signing_keys order by generation",
    );
    expect(rows).toEqual([
      { generation: 1, gone: true },
      { generation: 2, gone: false },
    ]);
    const platform = platformTenantId(CELL);
    for (const type of ["signing_key.created", "signing_key.retired"] as const) {
      const [event] = (await auditTrail(harness.cells, harness.us, { type })).slice(-1);
      expect(event).toMatchObject({
        tenantId: platform,
        actor: { id: "system:rotate-signing-keys", kind: "system" },
      });
    }
  });

  it("rotate also where nothing ran for a year", async () => {
    const keys = replica();
    await keys.rotate(CELL);
    const first = (await keys.signer(CELL)).keyId;
    now += 365 * DAY;
    await keys.rotate(CELL);
    expect((await keys.signer(CELL)).keyId).toBe(first);
    expect(await publishedIds(keys)).toHaveLength(2);
    now += DAY;
    expect((await keys.signer(CELL)).keyId).not.toBe(first);
  });

  it("taken away by hand are replaced, and what they signed ends", async () => {
    const keys = replica();
    await keys.rotate(CELL);
    const first = (await keys.signer(CELL)).keyId;
    const db = await harness.cells.superuser(harness.us);
    await db.query(
      "update signing_keys set private_key_sealed = null, retires_at = now(), expires_at = now()",
    );
    now += MINUTE;
    expect((await keys.signer(CELL)).keyId).not.toBe(first);
    expect(await keys.publicKey(CELL, first)).toBeUndefined();
  });

  it("that another replica made are found when their first token comes", async () => {
    const late = replica();
    await late.rotate(CELL);
    await late.published(CELL);
    const db = await harness.cells.superuser(harness.us);
    await db.query("delete from signing_keys");
    const other = replica();
    const { keyId } = await other.signer(CELL);
    now += 2_000;
    expect(await late.publicKey(CELL, keyId)).toBeDefined();
  });
});
