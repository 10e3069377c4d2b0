import type { AuditEvent } from "@aic-sos/contract/audit-events";
import { EventFields } from "./event-fields.tsx";
import type { AuditScope } from "./use-audit-scope.ts";
import { SideDrawer } from "../../ui/side-drawer.tsx";

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
    <SideDrawer
      opened={eventId !== undefined && events !== undefined}
      onClose={onClose}
      title={event ? `Event ${event.seq}` : "Event"}
    >
      {event && <EventFields event={event} scope={scope} />}
      {!event && eventId !== undefined && (
        <div className="dim">
          This event is not among those shown. Load more of the list, or change the filter.
        </div>
      )}
    </SideDrawer>
  );
}
