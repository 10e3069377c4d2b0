import type { TestTenant } from "@aic-sos/testkit/make-tenant";
import type { TestWorkspace } from "@aic-sos/testkit/make-workspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditTrail } from "../audit-trail.ts";
import { type Harness, startHarness } from "../harness.ts";
import { bearer, claimsOf, refresh, signInApp, type Tokens } from "../native-app.ts";
import { type Replica, startSecondServer } from "../second-server.ts";
import { formsFound, wholeDatabase } from "../whole-database.ts";
import { type Actor, makeActor, makeHome } from "../world.ts";

let harness: Harness;
let second: Replica;
let tenant: TestTenant;
let workspace: TestWorkspace;
let ana: Actor;

beforeAll(async () => {
  harness = await startHarness();
  second = await startSecondServer(harness);
  ({ tenant, workspace } = await makeHome(harness, harness.us));
  ana = await makeActor(harness, tenant, { role: "Operator", workspace });
});
afterAll(async () => {
  await second.stop();
  await harness.stop();
});

async function sql(text: string, values: unknown[]): Promise<number> {
  const db = await harness.cells.superuser(harness.us);
  return (await db.query(text, values)).rowCount ?? 0;
}

const familyOf = (tokens: Tokens) => claimsOf(tokens)["sid"] as string;

const reuse = () =>
  auditTrail(harness.cells, harness.us, { type: "security.token_reuse", tenantId: tenant.id });

/** As if the last use of the family's tokens had been so long ago. */
const age = (tokens: Tokens, interval: string) =>
  sql(
    `update refresh_tokens set used_at = used_at - $2::interval where family_id = $1 and used_at is not null`,
    [familyOf(tokens), interval],
  );

async function refreshed(token: string, url = harness.url): Promise<Tokens> {
  const answer = await refresh(url, token);
  expect(answer.status, answer.text).toBe(200);
  return answer.body as Tokens;
}

describe("a refresh token", () => {
  it("used by fifty at once, at two servers, has one successor, and nobody is thrown out", async () => {
    const first = await signInApp(harness, ana);
    const before = (await reuse()).length;
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, at) =>
        refresh(at % 2 === 0 ? harness.url : second.url, first.refresh_token),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const all = answers.map(({ body }) => body as Tokens);
    const successors = new Set(all.map((tokens) => tokens.refresh_token));
    expect(successors.size).toBe(1);
    for (const tokens of all.slice(0, 5)) {
      expect((await bearer(harness.url, tokens).get("/api/me")).status).toBe(200);
    }
    const rows = await sql("select from refresh_tokens where family_id = $1", [familyOf(first)]);
    expect(rows).toBe(2);
    expect(await reuse()).toHaveLength(before);
    const [successor = ""] = successors;
    await refreshed(successor, second.url);
  });

  it("sent again within ten seconds gets the same successor, even when that was used", async () => {
    const first = await signInApp(harness, ana);
    const next = await refreshed(first.refresh_token);
    await refreshed(next.refresh_token);
    expect((await refreshed(first.refresh_token)).refresh_token).toBe(next.refresh_token);
    await age(first, "9 seconds");
    expect((await refreshed(first.refresh_token)).refresh_token).toBe(next.refresh_token);
  });

  it.each(["11 seconds", "1 hour"])(
    "sent again after %s ends the family, and is a security event",
    async (interval) => {
      const first = await signInApp(harness, ana);
      const next = await refreshed(first.refresh_token);
      await age(first, interval);
      const before = (await reuse()).length;
      const replay = await refresh(harness.url, first.refresh_token);
      expect([replay.status, replay.body]).toMatchObject([400, { error: "invalid_grant" }]);
      for (const tokens of [first, next]) {
        expect((await bearer(harness.url, tokens).get("/api/me")).status).toBe(401);
        expect((await bearer(second.url, tokens).get("/api/me")).status).toBe(401);
      }
      expect((await refresh(harness.url, next.refresh_token)).status).toBe(400);
      const events = await reuse();
      expect(events).toHaveLength(before + 1);
      expect(events.at(-1)).toMatchObject({
        class: "security",
        resource: { type: "app_session", id: familyOf(first) },
        actor: { id: ana.person.id },
      });
    },
  );

  it("of another client than it was given to is none, and does no harm to the family", async () => {
    const first = await signInApp(harness, ana);
    const answer = await refresh(harness.url, first.refresh_token, "another-app");
    expect(answer.body).toMatchObject({ error: "invalid_client" });
    await refreshed(first.refresh_token);
  });

  it("ends after the days that are set, each by itself and all with the family", async () => {
    const first = await signInApp(harness, ana);
    const db = await harness.cells.superuser(harness.us);
    const ends = async () =>
      (
        await db.query<{ days: string; all: string }>(
          `select extract(epoch from max(t.expires_at) - now()) / 86400 as days,
              extract(epoch from max(f.absolute_expires_at) - now()) / 86400 as all
            from refresh_tokens as t join refresh_token_families as f on f.id = t.family_id where f.id = $1`,
          [familyOf(first)],
        )
      ).rows[0];
    const begun = await ends();
    expect(Number(begun?.days)).toBeCloseTo(14, 1);
    expect(Number(begun?.all)).toBeCloseTo(90, 1);
    await sql(
      "update refresh_token_families set absolute_expires_at = now() + interval '3 days' where id = $1",
      [familyOf(first)],
    );
    const next = await refreshed(first.refresh_token);
    expect(
      await sql(
        "select from refresh_tokens where family_id = $1 and expires_at < now() + interval '4 days'",
        [familyOf(first)],
      ),
    ).toBe(1);
    await sql("update refresh_tokens set expires_at = now() where family_id = $1", [
      familyOf(first),
    ]);
    expect((await refresh(harness.url, next.refresh_token)).status).toBe(400);
    const other = await signInApp(harness, ana);
    await sql("update refresh_token_families set absolute_expires_at = now() where id = $1", [
      familyOf(other),
    ]);
    expect((await refresh(harness.url, other.refresh_token)).status).toBe(400);
    expect((await bearer(harness.url, other).get("/api/me")).status).toBe(401);
  });

  it("of a disabled person, or an offboarded tenant, is good for nothing", async () => {
    const bob = await makeActor(harness, tenant, { role: "Operator", workspace });
    const tokens = await signInApp(harness, bob);
    await sql("update users set state = 'disabled' where id = $1", [bob.person.id]);
    expect((await refresh(harness.url, tokens.refresh_token)).status).toBe(400);
    expect((await bearer(second.url, tokens).get("/api/me")).status).toBe(403);
    const home = await makeHome(harness, harness.us);
    const eve = await makeActor(harness, home.tenant, { role: "WorkspaceAdmin" });
    const theirs = await signInApp(harness, eve);
    await sql("update tenants set state = 'offboarded' where tenant_id = $1", [home.tenant.id]);
    expect((await refresh(harness.url, theirs.refresh_token)).status).toBe(400);
  });

  it("is nowhere in the database in clear, nor is a code, an access token or a private key", async () => {
    const first = await signInApp(harness, ana);
    const next = await refreshed(first.refresh_token);
    const database = await wholeDatabase(harness.cells, harness.us);
    const secrets = [first, next].flatMap((tokens) => [
      tokens.refresh_token.split("_").at(-2) ?? "",
      tokens.access_token.split(".").at(-1) ?? "",
    ]);
    expect(secrets.every((secret) => secret.length >= 43)).toBe(true);
    expect(secrets.flatMap((secret) => formsFound(database, secret))).toEqual([]);
    // Every private key of this curve in PKCS #8 begins so.
    expect(database).not.toContain("302e020100300506032b6570");
    expect(harness.log.join("")).not.toMatch(/aic_refresh_|aic_code_|eyJ/);
  });
});
