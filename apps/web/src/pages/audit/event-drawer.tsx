import type { AuditEvent } from "@aic-sos/contract/audit-events";
import { Skeleton } from "@mantine/core";
import { problemOf } from "../../api/problem-of.ts";
import { trpc } from "../../api/trpc.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { SideDrawer } from "../../ui/side-drawer.tsx";
import { EventFields } from "./event-fields.tsx";
import { type AuditScope, widest } from "./use-audit-scope.ts";

interface Props {
  readonly events: readonly AuditEvent[] | undefined;
  readonly eventId: string | undefined;
  readonly scope: AuditScope;
  readonly onClose: () => void;
}

/** One event with all its fields: of the list, or wherever in the log it is. */
export function EventDrawer({ events, eventId, scope, onClose }: Props) {
  const listed = events?.find((item) => item.id === eventId);
  const isElsewhere = eventId !== undefined && events !== undefined && listed === undefined;
  const elsewhere = useEventElsewhere(isElsewhere ? eventId : undefined, scope);
  const event = listed ?? elsewhere.data;
  return (
    <SideDrawer
      opened={eventId !== undefined && events !== undefined}
      onClose={onClose}
      title={event ? `Event ${event.seq}` : "Event"}
    >
      {event && <EventFields event={event} scope={listed ? scope : widest(scope)} />}
      {!event && isElsewhere && <NotThere query={elsewhere} />}
    </SideDrawer>
  );
}

function useEventElsewhere(eventId: string | undefined, scope: AuditScope) {
  const { may } = useWorkspace();
  const { input, trpc: options } = widest(scope);
  return trpc.audit.readEvent.useQuery(
    { ...input, eventId: eventId ?? "" },
    {
      trpc: options,
      enabled: eventId !== undefined && may("audit_event:read"),
      retry: false,
      // What is in the log does not change.
      staleTime: Number.POSITIVE_INFINITY,
    },
  );
}

function NotThere({ query }: { query: ReturnType<typeof useEventElsewhere> }) {
  const { may } = useWorkspace();
  if (!may("audit_event:read")) {
    return (
      <div className="dim">
        This event is not among those shown. Load more of the list, or change the filter.
      </div>
    );
  }
  if (query.isPending || query.isFetching)
    return <Skeleton height={320} aria-label="Loading the event" />;
  const code = problemOf(query.error)?.code;
  if (query.error && code !== "not_found" && code !== "invalid_input") {
    return <ProblemNotice error={query.error} during="read" onRetry={() => query.refetch()} />;
  }
  return (
    <div className="dim">
      There is no such event in what you may read here. It may be another workspace's, or the
      address is not whole.
    </div>
  );
}
