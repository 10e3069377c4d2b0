import { setTimeout as sleep } from "node:timers/promises";
import type { Webhook } from "@aic-sos/contract/webhooks";
import { describe, expect, it } from "vitest";
import { auditTrail } from "./audit-trail.ts";
import { startSecondServer } from "./second-server.ts";
import { accept, isSignedBy, startReceiver } from "./webhook-receiver.ts";
import {
  deliveriesOf,
  harness,
  type Hook,
  home,
  hookOf,
  hurry,
  receivedOf,
  receiver,
  SOON,
  states,
  useWebhooks,
} from "./webhook-stage.ts";
import { formsFound, wholeDatabase } from "./whole-database.ts";

useWebhooks();

describe("a security event", () => {
  it("is told to the tenant's webhook: signed, by ids and type alone", async () => {
    const owner = await home();
    const hook = await hookOf(owner);
    await owner.trespass();
    await expect.poll(() => receivedOf(owner).length, SOON).toBe(1);
    const [message] = receivedOf(owner);
    const [event] = await auditTrail(harness.cells, harness.us, {
      tenantId: owner.tenantId,
      class: "security",
    });
    expect(message && isSignedBy(hook.secret, message)).toBe(true);
    expect(message?.id).toBe(event?.id);
    expect(JSON.parse(message?.body ?? "")).toEqual({
      type: "security.region_mismatch",
      timestamp: event?.time,
      data: { eventId: event?.id, tenantId: owner.tenantId, webhookId: hook.webhook.id },
    });
    await expect.poll(() => states(owner, hook), SOON).toEqual([["delivered", 204, null]]);
  });

  it("of one tenant never reaches another one's webhook, nor is that one seen or touched from there", async () => {
    const [owner, stranger] = [await home(), await home()];
    const [own, foreign] = [await hookOf(owner), await hookOf(stranger)];
    await owner.trespass();
    await expect.poll(() => receivedOf(owner).length, SOON).toBe(1);
    await sleep(1_000);
    expect(receivedOf(owner).map(({ data }) => data["webhookId"])).toEqual([own.webhook.id]);
    expect(receiver.received.map(({ data }) => data["webhookId"])).not.toContain(
      foreign.webhook.id,
    );
    expect(await deliveriesOf(stranger, foreign)).toEqual([]);
    const path = `/api/webhooks/${own.webhook.id}`;
    for (const answer of [
      await stranger.boss.get(`${path}/deliveries`),
      await stranger.boss.put(path, { name: "Mine" }),
      await stranger.boss.post(`${path}/test`),
      await stranger.boss.post(`${path}/secret`),
      await stranger.boss.delete(path),
    ]) {
      expect(answer.status, answer.text).toBe(404);
    }
  });

  it("is told once with two servers at work", { timeout: 120_000 }, async () => {
    const second = await startSecondServer(harness);
    try {
      const owner = await home();
      const hook = await hookOf(owner);
      for (let made = 0; made < 20; made += 1) await owner.trespass();
      // Twenty of them, and the event that they repeat.
      await expect.poll(() => receivedOf(owner).length, SOON).toBe(21);
      await sleep(2_000);
      expect(new Set(receivedOf(owner).map(({ id }) => id)).size).toBe(21);
      expect(receivedOf(owner)).toHaveLength(21);
      expect((await states(owner, hook)).every(([state]) => state === "delivered")).toBe(true);
    } finally {
      await second.stop();
    }
  });

  it("is not told to a webhook that is switched off, or that came later", async () => {
    const owner = await home();
    const hook = await hookOf(owner);
    const path = `/api/webhooks/${hook.webhook.id}`;
    expect((await owner.boss.put(path, { state: "disabled" })).body).toMatchObject({
      state: "disabled",
    });
    await owner.trespass();
    await sleep(1_500);
    await owner.boss.put(path, { state: "active" });
    await sleep(1_000);
    expect(receivedOf(owner)).toEqual([]);
  });
});

describe("a delivery that fails", () => {
  it("is attempted again after a 500, with the same id and a new timestamp", async () => {
    const owner = await home();
    const hook = await hookOf(owner);
    receiver.answer((_, response) => void response.writeHead(500).end("no"));
    await owner.trespass();
    await expect.poll(() => states(owner, hook), SOON).toEqual([["pending", 500, "status"]]);
    receiver.answer(accept);
    await expect.poll(() => states(owner, hook), SOON).toEqual([["delivered", 204, null]]);
    const [first, second] = receivedOf(owner);
    expect(second?.id).toBe(first?.id);
    expect(Number(second?.timestamp)).toBeGreaterThan(Number(first?.timestamp));
    expect(second && isSignedBy(hook.secret, second)).toBe(true);
  });

  it.each([
    ["a redirect", "redirected", (url: string) => url],
    ["a private address", "not_public", () => "https://10.0.0.7/hook"],
    ["a host that is not there", "unknown_host", () => "https://nobody.test/hook"],
  ])("because of %s says so, and nothing else was asked", async (_, problem, address) => {
    const elsewhere = await startReceiver();
    receiver.answer((_message, response) => {
      response.writeHead(307, { location: elsewhere.url }).end();
    });
    const owner = await home();
    const hook = await hookOf(owner, address(receiver.url));
    await owner.trespass();
    await expect.poll(() => states(owner, hook), SOON).toEqual([["pending", null, problem]]);
    expect(elsewhere.received).toEqual([]);
    elsewhere.stop();
  });

  it("because nobody answers in time is ended after ten seconds", { timeout: 60_000 }, async () => {
    const owner = await home();
    const hook = await hookOf(owner);
    receiver.answer(() => undefined);
    await owner.trespass();
    await expect
      .poll(() => states(owner, hook), { timeout: 30_000 })
      .toEqual([["pending", null, "too_slow"]]);
  });

  it("ends after its last attempt, and can be repeated by hand", { timeout: 60_000 }, async () => {
    const owner = await home();
    const hook = await hookOf(owner);
    receiver.answer((_, response) => void response.writeHead(503).end());
    await owner.trespass();
    await expect.poll(() => states(owner, hook), SOON).toEqual([["pending", 503, "status"]]);
    const db = await harness.cells.superuser(harness.us);
    await db.query("update webhook_deliveries set attempts = 11 where tenant_id = $1", [
      owner.tenantId,
    ]);
    await hurry(owner);
    await expect.poll(() => states(owner, hook), SOON).toEqual([["failed", 503, "status"]]);
    receiver.answer(accept);
    const [delivery] = await deliveriesOf(owner, hook);
    const path = `/api/webhooks/${hook.webhook.id}/deliveries/${delivery?.id}/repeat`;
    expect((await owner.boss.post(path)).body).toMatchObject({ state: "pending", attempts: 0 });
    await expect.poll(() => states(owner, hook), SOON).toEqual([["delivered", 204, null]]);
    expect(new Set(receivedOf(owner).map(({ id }) => id)).size).toBe(1);
  });

  it("for three days switches the webhook off, which is a security event", {
    timeout: 30_000,
  }, async () => {
    const owner = await home();
    const hook = await hookOf(owner);
    receiver.answer((_, response) => void response.writeHead(500).end());
    await owner.trespass();
    await expect.poll(() => states(owner, hook), SOON).toEqual([["pending", 500, "status"]]);
    const db = await harness.cells.superuser(harness.us);
    await db.query(
      "update security_webhooks set failing_since = now() - interval '73 hours' where tenant_id = $1",
      [owner.tenantId],
    );
    await hurry(owner);
    await expect
      .poll(() => states(owner, hook), SOON)
      .toEqual([["failed", 500, "webhook_disabled"]]);
    const { body } = await owner.boss.get("/api/webhooks");
    expect((body as { items: Webhook[] }).items).toMatchObject([{ state: "disabled" }]);
    const told = await auditTrail(harness.cells, harness.us, {
      tenantId: owner.tenantId,
      type: "security.webhook_disabled",
    });
    expect(told).toMatchObject([
      {
        class: "security",
        actor: { id: "system:deliver-webhook" },
        resource: { type: "webhook", id: hook.webhook.id },
      },
    ]);
  });
});

describe("a webhook", () => {
  it("is tried by a message that tells no event, and is not tried twice", async () => {
    const owner = await home();
    const hook = await hookOf(owner);
    receiver.answer((_, response) => void response.writeHead(418).end());
    const tested = await owner.boss.post(`/api/webhooks/${hook.webhook.id}/test`);
    expect(tested.body).toMatchObject({ type: "webhook.test", eventId: null, state: "pending" });
    await expect.poll(() => states(owner, hook), SOON).toEqual([["failed", 418, "status"]]);
    expect(receivedOf(owner).map(({ type }) => type)).toEqual(["webhook.test"]);
    const { body } = await owner.boss.get("/api/webhooks");
    expect((body as { items: Webhook[] }).items).toMatchObject([{ failingSince: null }]);
  });

  it("goes on failing when it is renamed or switched on again, and starts afresh at another address", async () => {
    const owner = await home();
    const { webhook } = await hookOf(owner);
    const db = await harness.cells.superuser(harness.us);
    await db.query("update security_webhooks set failing_since = now() where id = $1", [
      webhook.id,
    ]);
    const change = async (body: object) => {
      const answer = await owner.boss.put(`/api/webhooks/${webhook.id}`, body);
      expect(answer.status, answer.text).toBe(200);
      return (answer.body as Webhook).failingSince;
    };
    // The console's form sends all that it has.
    expect(await change({ name: "Night SIEM", url: webhook.url })).not.toBeNull();
    expect(await change({ state: "active" })).not.toBeNull();
    expect(await change({ url: `${webhook.url}/elsewhere` })).toBeNull();
  });

  it("signs with the old and the new secret for a day after a rotation", async () => {
    const owner = await home();
    const hook = await hookOf(owner);
    const rotated = await owner.boss.post(`/api/webhooks/${hook.webhook.id}/secret`);
    const { secret } = rotated.body as Hook;
    expect(secret).not.toBe(hook.secret);
    await owner.trespass();
    await expect.poll(() => receivedOf(owner).length, SOON).toBe(1);
    const db = await harness.cells.superuser(harness.us);
    await db.query(
      "update security_webhooks set previous_secret_ends_at = now() where tenant_id = $1",
      [owner.tenantId],
    );
    await owner.trespass();
    await expect.poll(() => receivedOf(owner).length, SOON).toBe(2);
    const signers = receivedOf(owner).map((message) =>
      [hook.secret, secret].map((one) => isSignedBy(one, message)),
    );
    expect(signers).toEqual([
      [true, true],
      [false, true],
    ]);
  });

  it("has a secret that nobody sees again: not in a list, not in the database", async () => {
    const owner = await home();
    const hook = await hookOf(owner);
    expect(hook.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const { text } = await owner.boss.get("/api/webhooks");
    expect(text).not.toContain(hook.secret);
    const kept = await wholeDatabase(harness.cells, harness.us);
    expect(formsFound(kept, hook.secret)).toEqual([]);
    const key = Buffer.from(hook.secret.slice("whsec_".length), "base64");
    expect(kept.includes(key.toString("hex"))).toBe(false);
  });

  it.each([
    "http://127.0.0.1:1/hook",
    "ftp://example.test/hook",
    "https://user:secret@example.test/hook",
    "not an address",
  ])("cannot have the address %s", async (url) => {
    const { boss } = await home();
    const answer = await boss.post("/api/webhooks", { name: "Bad", url });
    expect([answer.status, (answer.body as { errors: unknown }).errors]).toMatchObject([
      400,
      [{ field: "url" }],
    ]);
  });

  it("takes its deliveries along when it is removed", async () => {
    const owner = await home();
    const hook = await hookOf(owner);
    receiver.answer((_, response) => void response.writeHead(500).end());
    await owner.trespass();
    await expect.poll(() => states(owner, hook), SOON).toEqual([["pending", 500, "status"]]);
    expect((await owner.boss.delete(`/api/webhooks/${hook.webhook.id}`)).status).toBe(200);
    const before = receivedOf(owner).length;
    await sleep(3_500);
    expect(receivedOf(owner)).toHaveLength(before);
  });
});
