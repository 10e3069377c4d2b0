import type { Webhook, WebhookDelivery } from "@aic-sos/contract/webhooks";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { type Harness, startHarness } from "./harness.ts";
import { accept, type Received, type Receiver, startReceiver } from "./webhook-receiver.ts";
import { type Actor, makeActor, makeHome } from "./world.ts";

export interface Hook {
  readonly webhook: Webhook;
  readonly secret: string;
}

/** A tenant whose security events can be made, and somebody who may see to its webhooks. */
export interface Home {
  readonly boss: Actor;
  readonly tenantId: string;
  /** Reaches for another region: one security event. Answers when it is durable. */
  trespass(): Promise<void>;
}

/** For `expect.poll`: deliveries are made by a job. */
export const SOON = { timeout: 20_000 };

export let harness: Harness;
export let receiver: Receiver;

/** A server that may reach a receiver, for the test file that calls it. */
export function useWebhooks(): void {
  beforeAll(async () => {
    receiver = await startReceiver();
    harness = await startHarness({ allow: [receiver.host] });
  });
  afterAll(async () => {
    await harness.stop();
    receiver.stop();
  });
  beforeEach(() => {
    receiver.answer(accept);
    receiver.received.length = 0;
  });
}

export async function home(): Promise<Home> {
  const { tenant, workspace } = await makeHome(harness, harness.us);
  const operator = await makeActor(harness, tenant, { role: "Operator", workspace });
  return {
    boss: await makeActor(harness, tenant, { role: "WorkspaceAdmin" }),
    tenantId: tenant.id,
    trespass: async () => {
      const answer = await operator.get("/api/runs/01890000-0000-8002-8000-000000000001");
      expect(answer.status).toBe(403);
    },
  };
}

export async function hookOf({ boss }: Home, url = receiver.url): Promise<Hook> {
  const made = await boss.post("/api/webhooks", { name: "SIEM", url });
  expect(made.status, made.text).toBe(201);
  return made.body as Hook;
}

export async function deliveriesOf({ boss }: Home, { webhook }: Hook): Promise<WebhookDelivery[]> {
  const { body } = await boss.get(`/api/webhooks/${webhook.id}/deliveries`);
  return (body as { items: WebhookDelivery[] }).items;
}

export async function states(owner: Home, hook: Hook) {
  const deliveries = await deliveriesOf(owner, hook);
  return deliveries.map(({ state, lastStatus, lastProblem }) => [state, lastStatus, lastProblem]);
}

/** What has come in about a tenant: those of the tests before may still be trying. */
export function receivedOf({ tenantId }: Home): Received[] {
  return receiver.received.filter(({ data }) => data["tenantId"] === tenantId);
}

/** Makes what waits due now: tests do not wait for hours. */
export async function hurry({ tenantId }: Home): Promise<void> {
  const db = await harness.cells.superuser(harness.us);
  await db.query("update webhook_deliveries set next_attempt_at = now() where tenant_id = $1", [
    tenantId,
  ]);
  await db.query(
    "update graphile_worker._private_jobs set run_at = now() where key like $1 || '%'",
    [tenantId],
  );
}
