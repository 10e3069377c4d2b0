import { type Webhook, WEBHOOK_TEST, type WebhookDelivery } from "@aic-sos/contract/webhooks";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { trpc } from "../../api/trpc.ts";
import { counted } from "../../lib/words.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { itemsOf } from "../../ui/list-body.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { ShortList } from "../../ui/short-list.tsx";
import { ToneChip } from "../../ui/tone-chip.tsx";
import classes from "./delivery-list.module.css";
import { RepeatDelivery } from "./repeat-delivery.tsx";
import { askAgainAfter, attemptWords } from "./webhook-words.ts";

/** What a webhook was told, newest first, and whether it took it. */
export function DeliveryList({ webhook }: { webhook: Webhook }) {
  const list = trpc.webhook.listDeliveries.useInfiniteQuery(
    { webhookId: webhook.id, limit: 20 },
    {
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      refetchInterval: ({ state }) => askAgainAfter(itemsOf(state) ?? [], Date.now()),
    },
  );
  useRefreshedWebhooks(itemsOf<WebhookDelivery>(list));
  return (
    <ShortList<WebhookDelivery>
      label={`Deliveries of ${webhook.name}`}
      query={list}
      empty="None yet. Try it: a test tells no event."
    >
      {(delivery) => <DeliveryRow webhook={webhook} delivery={delivery} />}
    </ShortList>
  );
}

/** An attempt changes what its webhook says of itself: whether it fails, when it last took something. */
function useRefreshedWebhooks(deliveries: readonly WebhookDelivery[] | undefined): void {
  const utils = trpc.useUtils();
  const now = deliveries?.map(({ id, state, attempts }) => `${id} ${state} ${attempts}`).join();
  const before = useRef(now);
  useEffect(() => {
    if (before.current !== undefined && before.current !== now) {
      void utils.webhook.list.invalidate();
    }
    before.current = now;
  }, [now, utils]);
}

function DeliveryRow({ webhook, delivery }: { webhook: Webhook; delivery: WebhookDelivery }) {
  const { state, attempts, createdAt, nextAttemptAt } = delivery;
  return (
    <>
      <div className={classes.words}>
        <What delivery={delivery} />{" "}
        {state === "failed" && <ToneChip tone="harm">Given up</ToneChip>}
        {state === "pending" && attempts > 0 && <ToneChip tone="attention">Tries again</ToneChip>}
        <div className={classes.detail}>
          <RelativeTime instant={createdAt} />, {counted(attempts, "attempt")},{" "}
          {attemptWords(delivery)}
          {state === "pending" && attempts > 0 && nextAttemptAt !== null && (
            <>
              , next <RelativeTime instant={nextAttemptAt} />
            </>
          )}
        </div>
      </div>
      {state !== "pending" && <RepeatDelivery webhook={webhook} delivery={delivery} />}
    </>
  );
}

/** In the audit log, at its time: the page that lists newest first has it only while it is new. */
function What({ delivery: { eventId, type, createdAt } }: { delivery: WebhookDelivery }) {
  const { id: workspaceId, mayEverywhere } = useWorkspace();
  if (eventId === null) return <span>{type === WEBHOOK_TEST ? "Test" : type}</span>;
  const words = <span className="mono">{type}</span>;
  if (!mayEverywhere("audit_event:read")) return words;
  return (
    <Link
      to="/w/$workspaceId/audit"
      params={{ workspaceId }}
      search={{ where: "tenant", class: "security", to: createdAt, event: eventId }}
    >
      {words}
    </Link>
  );
}
