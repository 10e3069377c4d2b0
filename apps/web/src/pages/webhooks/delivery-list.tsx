import { type Webhook, WEBHOOK_TEST, type WebhookDelivery } from "@aic-sos/contract/webhooks";
import { Link } from "@tanstack/react-router";
import { trpc } from "../../api/trpc.ts";
import { counted } from "../../lib/words.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { ShortList } from "../../ui/short-list.tsx";
import { ToneChip } from "../../ui/tone-chip.tsx";
import classes from "./delivery-list.module.css";
import { RepeatDelivery } from "./repeat-delivery.tsx";
import { attemptWords } from "./webhook-words.ts";

/** While something is under way. */
const POLL = 2_000;

/** What a webhook was told, newest first, and whether it took it. */
export function DeliveryList({ webhook }: { webhook: Webhook }) {
  const list = trpc.webhook.listDeliveries.useInfiniteQuery(
    { webhookId: webhook.id, limit: 20 },
    {
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      refetchInterval: ({ state }) =>
        state.data?.pages.some(({ items }) => items.some((item) => item.state === "pending"))
          ? POLL
          : false,
    },
  );
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

function What({ delivery: { eventId, type } }: { delivery: WebhookDelivery }) {
  const { id: workspaceId } = useWorkspace();
  if (eventId === null) return <span>{type === WEBHOOK_TEST ? "Test" : type}</span>;
  return (
    <Link to="/w/$workspaceId/security" params={{ workspaceId }} search={{ event: eventId }}>
      <span className="mono">{type}</span>
    </Link>
  );
}
