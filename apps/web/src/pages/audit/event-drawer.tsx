import type { AuditEvent } from "@aic-sos/contract/audit-events";
import { Drawer, Stack } from "@mantine/core";
import { eventSentence } from "../../lib/event-sentence.ts";
import { exactTime } from "../../lib/relative-time.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { Facts } from "../../ui/facts.tsx";
import { Panel } from "../../ui/panel.tsx";
import { ShortId } from "../../ui/short-id.tsx";
import { useNames } from "../../ui/use-names.ts";
import { EventChanges } from "./event-changes.tsx";
import { EventWords } from "./event-words.tsx";
import { LinkButton } from "../../ui/link-button.tsx";

interface Props {
  readonly events: readonly AuditEvent[] | undefined;
  readonly eventId: string | undefined;
  readonly onClose: () => void;
}

/** One event with all its fields. */
export function EventDrawer({ events, eventId, onClose }: Props) {
  const event = events?.find((item) => item.id === eventId);
  return (
    <Drawer
      opened={eventId !== undefined && events !== undefined}
      onClose={onClose}
      title={event ? `Event ${event.seq}` : "Event"}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {event ? (
        <EventFields event={event} />
      ) : (
        <div className="dim">
          This event is not among those shown. Load more of the list, or change the filter.
        </div>
      )}
    </Drawer>
  );
}

function EventFields({ event }: { event: AuditEvent }) {
  const { id: workspaceId, may } = useWorkspace();
  const names = useNames();
  const sentence = eventSentence(event);
  const optional = (label: string, id: string | null, of: string) =>
    id === null ? [] : [[label, <ShortId key={label} id={id} of={of} whole />] as const];
  return (
    <Stack gap={20}>
      <div style={{ fontSize: 14 }}>
        <EventWords sentence={sentence} names={names} />.
      </div>
      <Facts
        facts={[
          [
            "Type",
            <span key="type" className="mono">
              {event.type}
            </span>,
          ],
          [
            "When",
            <span key="when" className="num">
              {exactTime(event.time)}
            </span>,
          ],
          ["Region", event.region],
          ["Actor", `${event.actor.kind}, by ${event.actor.authentication}`],
          ...optional("Actor id", event.actor.id, "actor"),
          ...(event.procedure === null ? [] : ([["Procedure", event.procedure]] as const)),
          ...(event.permission === null ? [] : ([["Permission", event.permission]] as const)),
          ...(event.outcome === null ? [] : ([["Outcome", event.outcome]] as const)),
          ...(event.reason === null ? [] : ([["Reason", event.reason]] as const)),
          ...(event.resource === null
            ? []
            : optional(`The ${event.resource.type}`, event.resource.id, "resource")),
          ...optional("Workspace", event.workspaceId, "workspace"),
          ...optional("Decision", event.decisionId, "decision"),
          ...optional("Request", event.requestId, "request"),
          ...optional("Event", event.id, "event"),
        ]}
      />
      {event.changes.length > 0 && (
        <Panel title="Changed fields">
          <EventChanges changes={event.changes} />
        </Panel>
      )}
      <Panel title="Place in the chain">
        <Facts
          facts={[
            [
              "Sequence",
              <span key="seq" className="num">
                {event.seq}
              </span>,
            ],
            ...optional("Leaf hash", event.leafHash, "leaf hash"),
            ...optional("Chain hash", event.chainHash, "chain hash"),
          ]}
        />
      </Panel>
      {sentence.actor.kind === "principal" && may("audit:read") && (
        <div>
          <LinkButton
            to="/w/$workspaceId/audit"
            params={{ workspaceId }}
            search={{ actor: event.actor.id, class: "everything" }}
            variant="default"
          >
            Everything {names.person(event.actor.id) ?? "this principal"} did
          </LinkButton>
        </div>
      )}
    </Stack>
  );
}
