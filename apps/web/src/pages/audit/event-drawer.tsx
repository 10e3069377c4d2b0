import type { AuditEvent } from "@aic-sos/contract/audit-events";
import { Drawer } from "@mantine/core";
import { EventFields } from "./event-fields.tsx";
import type { AuditScope } from "./use-audit-scope.ts";

interface Props {
  readonly events: readonly AuditEvent[] | undefined;
  readonly eventId: string | undefined;
  readonly scope: AuditScope;
  readonly onClose: () => void;
}

/** One event with all its fields. */
export function EventDrawer({ events, eventId, scope, onClose }: Props) {
  const event = events?.find((item) => item.id === eventId);
  return (
    <Drawer
      opened={eventId !== undefined && events !== undefined}
      onClose={onClose}
      title={event ? `Event ${event.seq}` : "Event"}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {event ? (
        <EventFields event={event} scope={scope} />
      ) : (
        <div className="dim">
          This event is not among those shown. Load more of the list, or change the filter.
        </div>
      )}
    </Drawer>
  );
}
