import type { AuditEvent } from "@aic-sos/contract/audit-events";
import { Link } from "@tanstack/react-router";
import { eventSentence } from "../../lib/event-sentence.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { type Column, rowLink } from "../../ui/data-table.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { useNames } from "../../ui/use-names.ts";
import { EventMark } from "./event-mark.tsx";
import { EventWords } from "./event-words.tsx";

type Place = "audit" | "security";

/** The columns of the audit log, and of its security events on their own page. */
export function auditColumns(place: Place): readonly Column<AuditEvent>[] {
  return [
    {
      key: "event",
      header: "Event",
      phone: "title",
      cell: (event) => <EventCell event={event} place={place} />,
    },
    {
      key: "type",
      header: "Type",
      width: "232px",
      phone: "hide",
      cell: (event) => <span className="mono dim clip">{event.type}</span>,
    },
    {
      key: "seq",
      header: "Seq",
      width: "80px",
      align: "right",
      cell: (event) => <span className="dim">{event.seq}</span>,
    },
    {
      key: "time",
      header: "When",
      width: "120px",
      align: "right",
      cell: (event) => <RelativeTime instant={event.time} />,
    },
  ];
}

function EventCell({ event, place }: { event: AuditEvent; place: Place }) {
  const { id: workspaceId } = useWorkspace();
  const names = useNames();
  const sentence = eventSentence(event);
  return (
    <div style={{ display: "flex", gap: 8, alignItems: "center", minWidth: 0 }}>
      <EventMark tone={sentence.tone} kind={event.class} />
      <Link
        to={place === "audit" ? "/w/$workspaceId/audit" : "/w/$workspaceId/security"}
        params={{ workspaceId }}
        search={(before: Record<string, unknown>) => ({ ...before, event: event.id })}
        {...rowLink}
        style={{ fontWeight: 400, minWidth: 0 }}
      >
        <EventWords sentence={sentence} names={names} />
      </Link>
    </div>
  );
}
