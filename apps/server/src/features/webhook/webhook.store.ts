import {
  type CreateWebhook,
  type DeliveryPath,
  type ListDeliveries,
  MAX_WEBHOOKS,
  SECRET_OVERLAP_HOURS,
  type UpdateWebhook,
  WEBHOOK_TEST,
  Webhook,
  WebhookDelivery,
} from "@aic-sos/contract/webhooks";
import { appendEvent } from "@aic-sos/db/append-event";
import { enqueue } from "@aic-sos/db/enqueue";
import { read, readConsistent, type ScopedTransaction, write } from "@aic-sos/db/scoped";
import type { Grant } from "@aic-sos/policy/grant";
import type { z } from "zod";
import { AppError, notFound } from "../../app-error.ts";
import { limitRows } from "../../limit-rows.ts";
import { beforeId, iso, isoOrNull, rowsFor, toPage } from "../../page.ts";

type Bytes = Uint8Array<ArrayBuffer>;
type Page = { readonly limit: number; readonly cursor?: string | undefined };

/** In the clear, for the one answer that shows it, and as it is kept. */
interface NewSecret {
  readonly secret: string;
  readonly sealed: Bytes;
}

interface WithSecret {
  readonly webhook: Webhook;
  readonly secret: string;
}

const SHAPE = {
  id: true,
  name: true,
  url: true,
  state: true,
  failingSince: true,
  lastDeliveredAt: true,
  createdBy: true,
  createdAt: true,
} as const;

export const webhookStore = {
  async list(grant: Grant<"webhook:read">, page: Page) {
    const rows = await read(grant, (db) =>
      db.securityWebhook.findMany({
        where: beforeId(page.cursor),
        select: SHAPE,
        orderBy: { id: "desc" },
        take: rowsFor(page),
      }),
    );
    return toPage(rows, page.limit, toWebhook, (row) => row.id);
  },

  async create(
    grant: Grant<"webhook:create">,
    { id, name, url }: z.output<typeof CreateWebhook> & { id: string },
    { secret, sealed }: NewSecret,
  ): Promise<WithSecret> {
    return write(grant, async (tx) => {
      await limitRows(tx, { what: "webhooks", most: MAX_WEBHOOKS }, (take) =>
        tx.securityWebhook.count({ take }),
      );
      const row = await tx.securityWebhook.create({
        data: { id, name, url, secretSealed: sealed, createdBy: grant.principalId },
      });
      await appendEvent(tx, { type: "webhook.created", resource: resourceOf(id) });
      return { webhook: toWebhook(row), secret };
    });
  },

  /** Switching it on, or another address, gives it a fresh start. What waits for one that is switched off ends. */
  async update(
    grant: Grant<"webhook:update">,
    { webhookId: id, name, url, state }: z.output<typeof UpdateWebhook>,
    digest: (value: string) => string,
  ): Promise<Webhook> {
    return write(grant, async (tx) => {
      const before = await find(tx, id);
      const isMoved = url !== undefined && url !== before.url;
      const isSwitchedOn = state === "active" && before.state !== "active";
      const row = await tx.securityWebhook.update({
        where: { id },
        data: {
          ...(name === undefined ? {} : { name }),
          ...(url === undefined ? {} : { url }),
          ...(state === undefined ? {} : { state }),
          ...(isMoved || isSwitchedOn ? { failingSince: null } : {}),
        },
      });
      if (state === "disabled") await endPending(tx, id);
      const changes = changesOf(before, row, digest);
      await appendEvent(tx, { type: "webhook.updated", resource: resourceOf(id), changes });
      return toWebhook(row);
    });
  },

  async rotateSecret(
    grant: Grant<"webhook_secret:rotate">,
    id: string,
    { secret, sealed }: NewSecret,
    now: number,
  ): Promise<WithSecret> {
    return write(grant, async (tx) => {
      const before = await tx.securityWebhook.findFirst({
        where: { id },
        select: { secretSealed: true },
      });
      if (!before) throw notFound();
      const row = await tx.securityWebhook.update({
        where: { id },
        data: {
          secretSealed: sealed,
          previousSecretSealed: new Uint8Array(before.secretSealed),
          previousSecretEndsAt: new Date(now + SECRET_OVERLAP_HOURS * 3_600_000),
        },
      });
      await appendEvent(tx, { type: "webhook_secret.rotated", resource: resourceOf(id) });
      return { webhook: toWebhook(row), secret };
    });
  },

  async remove(grant: Grant<"webhook:remove">, id: string): Promise<{ id: string }> {
    return write(grant, async (tx) => {
      await find(tx, id);
      await tx.securityWebhook.delete({ where: { id } });
      await appendEvent(tx, { type: "webhook.removed", resource: resourceOf(id) });
      return { id };
    });
  },

  /** A delivery that tells no event, and its job. */
  async test(
    grant: Grant<"webhook:test">,
    { id, webhookId }: { id: string; webhookId: string },
    now: number,
  ): Promise<WebhookDelivery> {
    return write(grant, async (tx) => {
      await find(tx, webhookId);
      const row = await tx.webhookDelivery.create({
        data: { id, webhookId, eventType: WEBHOOK_TEST, occurredAt: new Date(now) },
      });
      await enqueue(tx, "deliver-webhook", { deliveryId: id }, id);
      await appendEvent(tx, { type: "webhook.tested", resource: resourceOf(webhookId) });
      return toDelivery(row);
    });
  },

  async listDeliveries(
    grant: Grant<"webhook:read">,
    { webhookId, ...page }: z.output<typeof ListDeliveries>,
  ) {
    const rows = await readConsistent(grant, async (db) => {
      const webhook = await db.securityWebhook.findFirst({
        where: { id: webhookId },
        select: { id: true },
      });
      if (!webhook) throw notFound();
      return db.webhookDelivery.findMany({
        where: { webhookId, ...beforeId(page.cursor) },
        orderBy: { id: "desc" },
        take: rowsFor(page),
      });
    });
    return toPage(rows, page.limit, toDelivery, (row) => row.id);
  },

  /** From its first attempt, with the id that it had: a receiver can tell that it knows it. */
  async repeatDelivery(
    grant: Grant<"webhook_delivery:repeat">,
    { webhookId, deliveryId: id }: z.output<typeof DeliveryPath>,
    now: number,
  ): Promise<WebhookDelivery> {
    return write(grant, async (tx) => {
      const before = await tx.webhookDelivery.findFirst({
        where: { id, webhookId },
        select: { state: true, eventId: true, webhook: { select: { state: true } } },
      });
      if (!before) throw notFound();
      if (before.state === "pending") throw new AppError("conflict", "It is under way already.");
      if (before.webhook.state === "disabled" && before.eventId !== null) {
        throw new AppError("conflict", "The webhook is switched off; switch it on first.");
      }
      const row = await tx.webhookDelivery.update({
        where: { id },
        data: { state: "pending", attempts: 0, nextAttemptAt: new Date(now), endedAt: null },
      });
      await enqueue(tx, "deliver-webhook", { deliveryId: id }, id);
      await appendEvent(tx, {
        type: "webhook_delivery.repeated",
        resource: { type: "webhook_delivery", id },
      });
      return toDelivery(row);
    });
  },
};

function resourceOf(id: string) {
  return { type: "webhook", id };
}

async function find(tx: ScopedTransaction, id: string): Promise<Told> {
  const row = await tx.securityWebhook.findFirst({
    where: { id },
    select: { name: true, url: true, state: true },
  });
  if (!row) throw notFound();
  return row;
}

const TOLD = ["name", "url", "state"] as const;
type Told = Readonly<Record<(typeof TOLD)[number], string>>;

/** That alarms go elsewhere now, or nowhere, is what an auditor looks for. */
function changesOf(before: Told, after: Told, digest: (value: string) => string) {
  return TOLD.filter((field) => before[field] !== after[field]).map((field) => ({
    field,
    before: digest(before[field]),
    after: digest(after[field]),
  }));
}

async function endPending(tx: ScopedTransaction, webhookId: string): Promise<void> {
  await tx.webhookDelivery.updateMany({
    where: { webhookId, state: "pending", eventId: { not: null } },
    data: { state: "failed", endedAt: new Date(), lastProblem: "webhook_disabled" },
  });
}

interface WebhookRow {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly state: string;
  readonly failingSince: Date | null;
  readonly lastDeliveredAt: Date | null;
  readonly createdBy: string;
  readonly createdAt: Date;
}

function toWebhook(row: WebhookRow): Webhook {
  return {
    id: row.id,
    name: row.name,
    url: row.url,
    state: Webhook.shape.state.parse(row.state),
    failingSince: isoOrNull(row.failingSince),
    lastDeliveredAt: isoOrNull(row.lastDeliveredAt),
    createdBy: row.createdBy,
    createdAt: iso(row.createdAt),
  };
}

interface DeliveryRow {
  readonly id: string;
  readonly webhookId: string;
  readonly eventId: string | null;
  readonly eventType: string;
  readonly state: string;
  readonly attempts: number;
  readonly nextAttemptAt: Date;
  readonly lastStatus: number | null;
  readonly lastProblem: string | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

function toDelivery({ eventType, nextAttemptAt, createdAt, endedAt, ...row }: DeliveryRow) {
  const state = WebhookDelivery.shape.state.parse(row.state);
  return {
    id: row.id,
    webhookId: row.webhookId,
    eventId: row.eventId,
    type: eventType,
    state,
    attempts: row.attempts,
    nextAttemptAt: state === "pending" ? iso(nextAttemptAt) : null,
    lastStatus: row.lastStatus,
    lastProblem: row.lastProblem,
    createdAt: iso(createdAt),
    endedAt: isoOrNull(endedAt),
  };
}
