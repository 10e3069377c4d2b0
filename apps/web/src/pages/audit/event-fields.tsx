import type { AuditEvent } from "@aic-sos/contract/audit-events";
import { Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { eventSentence } from "../../lib/event-sentence.ts";
import { exactTime } from "../../lib/relative-time.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { Facts } from "../../ui/facts.tsx";
import { Panel } from "../../ui/panel.tsx";
import { ShortId } from "../../ui/short-id.tsx";
import { useNames } from "../../ui/use-names.ts";
import { WhyButton } from "../../ui/why-button.tsx";
import { EventChanges } from "./event-changes.tsx";
import { EventLinks } from "./event-links.tsx";
import { EventProof } from "./event-proof.tsx";
import { EventWords } from "./event-words.tsx";
import type { AuditScope } from "./use-audit-scope.ts";

type Fact = readonly [label: string, value: ReactNode];

/** The sentence, every field that the event has, its place in the chain, and where to go from here. */
export function EventFields({ event, scope }: { event: AuditEvent; scope: AuditScope }) {
  const { may } = useWorkspace();
  const sentence = eventSentence(event);
  return (
    <Stack gap={20}>
      <div style={{ fontSize: 14 }}>
        <EventWords sentence={sentence} names={useNames()} />.
      </div>
      <Facts facts={eventFacts(event)} />
      {event.changes.length > 0 && (
        <Panel title="Changed fields">
          <EventChanges changes={event.changes} />
        </Panel>
      )}
      <Panel title="Place in the chain">
        <Facts
          facts={[
            ["Sequence", String(event.seq)],
            ...id("Leaf hash", event.leafHash),
            ...id("Chain hash", event.chainHash),
            ...(may("audit_event:read")
              ? [["Proof", <EventProof key={event.id} event={event} scope={scope} />] as const]
              : []),
          ]}
        />
      </Panel>
      <EventLinks event={event} />
    </Stack>
  );
}

function eventFacts(event: AuditEvent): readonly Fact[] {
  return [
    ...mono("Type", event.type),
    ["When", exactTime(event.time)],
    ["Region", event.region],
    ["Actor", `${event.actor.kind}, by ${event.actor.authentication.replaceAll("_", " ")}`],
    ...id("Actor id", event.actor.id),
    ...mono("Procedure", event.procedure),
    ...mono("Permission", event.permission),
    ...outcome(event),
    ...mono("Reason", event.reason),
    ...(event.resource === null || event.resource.id === event.workspaceId
      ? []
      : id(`The ${event.resource.type.replaceAll("_", " ")}`, event.resource.id)),
    ...(event.binding === undefined
      ? []
      : [...mono("Role", event.binding.role), ...id("Whose role", event.binding.userId)]),
    ...id("Workspace", event.workspaceId),
    ...id("Decision", event.decisionId),
    ...id("Request", event.requestId),
    ...id("Event", event.id),
  ];
}

/** A denial can be asked about, by whoever may read it here. */
function outcome(event: AuditEvent): readonly Fact[] {
  const { outcome: said, decisionId } = event;
  if (said !== "deny" || decisionId === null) return mono("Outcome", said);
  return [
    [
      "Outcome",
      <span key="outcome">
        <span className="mono">{said}</span> <WhyButton decisionId={decisionId} />
      </span>,
    ],
  ];
}

function mono(label: string, text: string | null): readonly Fact[] {
  if (text === null) return [];
  return [
    [
      label,
      <span key={label} className="mono">
        {text}
      </span>,
    ],
  ];
}

function id(label: string, value: string | null): readonly Fact[] {
  return value === null ? [] : [[label, <ShortId key={label} id={value} of={label} whole />]];
}
