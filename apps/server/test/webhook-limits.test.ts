import type { ServerResponse } from "node:http";
import type { Webhook } from "@aic-sos/contract/webhooks";
import { describe, expect, it } from "vitest";
import { auditTrail } from "./audit-trail.ts";
import { accept } from "./webhook-receiver.ts";
import {
  deliveriesOf,
  harness,
  home,
  hookOf,
  hurry,
  receivedOf,
  receiver,
  SOON,
  states,
  useWebhooks,
} from "./webhook-stage.ts";

useWebhooks();

describe("a webhook's delivery", () => {
  it("that cannot be sent from here is an attempt, and ends after the last one", {
    timeout: 60_000,
  }, async () => {
    const owner = await home();
    const hook = await hookOf(owner);
    const db = await harness.cells.superuser(harness.us);
    await db.query("update security_webhooks set secret_sealed = 'broken' where tenant_id = $1", [
      owner.tenantId,
    ]);
    await owner.trespass();
    await expect.poll(() => states(owner, hook), SOON).toEqual([["pending", null, "not_sent"]]);
    const { body } = await owner.boss.get("/api/webhooks");
    expect((body as { items: Webhook[] }).items).toMatchObject([{ failingSince: null }]);
    await db.query("update webhook_deliveries set attempts = 11 where tenant_id = $1", [
      owner.tenantId,
    ]);
    await hurry(owner);
    await expect.poll(() => states(owner, hook), SOON).toEqual([["failed", null, "not_sent"]]);
  });

  it("keeps no other tenant's waiting, though its receivers take their time", {
    timeout: 120_000,
  }, async () => {
    const [slow, other] = [await home(), await home()];
    for (let made = 0; made < 10; made += 1) await hookOf(slow);
    const hook = await hookOf(other);
    const open = new Set<ServerResponse>();
    let most = 0;
    receiver.answer((message, response) => {
      if (message.data["tenantId"] !== slow.tenantId) return accept(message, response);
      open.add(response);
      response.once("close", () => open.delete(response));
      most = Math.max(most, open.size);
    });
    for (let made = 0; made < 4; made += 1) await slow.trespass();
    await expect.poll(() => open.size, SOON).toBe(4);
    await other.trespass();
    await expect.poll(() => states(other, hook), SOON).toEqual([["delivered", 204, null]]);
    expect([receivedOf(slow).length < 40, most]).toEqual([true, 4]);
    receiver.answer(accept);
    for (const response of open) response.writeHead(204).end();
    const ids = () => new Set(receivedOf(slow).map(({ id, data }) => `${id}${data["webhookId"]}`));
    await expect.poll(() => ids().size, { timeout: 60_000 }).toBe(40);
  });
});

describe("a webhook", () => {
  it("that is changed says which of its fields, and no value", async () => {
    const owner = await home();
    const { webhook } = await hookOf(owner);
    const url = `${receiver.url}/elsewhere`;
    await owner.boss.put(`/api/webhooks/${webhook.id}`, { name: webhook.name, url });
    const type = "webhook.updated";
    const { tenantId } = owner;
    const [event] = await auditTrail(harness.cells, harness.us, { tenantId, type });
    const hmac = expect.stringMatching(/^[\w-]{43}$/);
    expect(event?.changes).toEqual([{ field: "url", before: hmac, after: hmac }]);
  });

  it("is tried, and told again by hand, thirty times a minute and not more", async () => {
    const owner = await home();
    const hook = await hookOf(owner);
    const path = `/api/webhooks/${hook.webhook.id}`;
    await owner.boss.post(`${path}/test`);
    await expect.poll(() => states(owner, hook), SOON).toEqual([["delivered", 204, null]]);
    const [delivery] = await deliveriesOf(owner, hook);
    const repeats = Array.from({ length: 30 }, () =>
      owner.boss.post(`${path}/deliveries/${delivery?.id}/repeat`),
    );
    const answers = await Promise.all(repeats);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(1);
  });
});
