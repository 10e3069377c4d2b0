import type { AuditEvent } from "@aic-sos/contract/audit-events";
import { CircleCheck, CircleSlash2, PencilLine, ShieldAlert } from "lucide-react";
import type { EventSentence } from "../../lib/event-sentence.ts";

const COLOURS = {
  plain: "var(--ink-faint)",
  attention: "var(--attention)",
  harm: "var(--harm)",
} as const;

/** Which class of event it is; the sentence beside it says it in words. */
export function EventMark({
  tone,
  kind,
}: {
  tone: EventSentence["tone"];
  kind: AuditEvent["class"];
}) {
  const Icon =
    kind === "security"
      ? ShieldAlert
      : kind === "change"
        ? PencilLine
        : tone === "attention"
          ? CircleSlash2
          : CircleCheck;
  return <Icon size={15} aria-hidden color={COLOURS[tone]} style={{ flex: "none" }} />;
}
