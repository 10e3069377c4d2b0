import type { WebhookDelivery } from "@aic-sos/contract/webhooks";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Harness, startHarness } from "./harness.ts";
import { httpCaller } from "./http-caller.ts";
import { type Replica, startSecondServer } from "./second-server.ts";
import { accept, isSignedBy, type Receiver, startReceiver } from "./webhook-receiver.ts";
import { makeActor, makeHome } from "./world.ts";

let harness: Harness;
let receiver: Receiver;
const replicas: Replica[] = [];
beforeAll(async () => {
  receiver = await startReceiver();
  harness = await startHarness({ allow: [receiver.host] });
});
afterAll(async () => {
  await Promise.all(replicas.map((replica) => replica.stop()));
  await harness.stop();
  receiver.stop();
});

it("a security event is told though its server is killed before, and the next one while it tells it", {
  timeout: 300_000,
}, async () => {
  const { tenant, workspace } = await makeHome(harness, harness.us);
  const boss = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
  const operator = await makeActor(harness, tenant, { role: "Operator", workspace });
  const made = await boss.post("/api/webhooks", { name: "SIEM", url: receiver.url });
  const { webhook, secret } = made.body as { webhook: { id: string }; secret: string };
  await harness.stopServer();

  const first = await startSecondServer(harness);
  const trespass = httpCaller(first.url, operator.headers);
  expect((await trespass.get("/api/runs/01890000-0000-8002-8000-000000000001")).status).toBe(403);
  await first.kill();
  expect(receiver.received).toEqual([]);

  receiver.answer(() => undefined);
  const second = await startSecondServer(harness);
  await expect.poll(() => receiver.received.length, { timeout: 60_000 }).toBe(1);
  await second.kill();

  receiver.answer(accept);
  const third = await startSecondServer(harness);
  replicas.push(third);
  await expect.poll(() => receiver.received.length, { timeout: 120_000 }).toBe(2);
  const deliveries = async () => {
    const asked = httpCaller(third.url, boss.headers);
    const { body } = await asked.get(`/api/webhooks/${webhook.id}/deliveries`);
    return (body as { items: WebhookDelivery[] }).items;
  };
  await expect
    .poll(async () => (await deliveries()).map(({ state }) => state), { timeout: 20_000 })
    .toEqual(["delivered"]);
  const [once, again] = receiver.received;
  expect(again?.id).toBe(once?.id);
  expect(again && isSignedBy(secret, again)).toBe(true);
  expect(await deliveries()).toMatchObject([{ attempts: 2, eventId: again?.id }]);
});
