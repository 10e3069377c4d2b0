import type { AuditEvent } from "@aic-sos/contract/audit-events";

/** What a drawer shows of an event's text. */
const SHOWN = [
  "id",
  "time",
  "class",
  "type",
  "tenantId",
  "workspaceId",
  "region",
  "actor",
  "procedure",
  "permission",
  "outcome",
  "reason",
  "resource",
  "decisionId",
  "requestId",
  "changes",
  "binding",
  "count",
] as const satisfies readonly (keyof AuditEvent)[];

/** Whether a canonical text (RFC 8785) is that of the event as it was listed: only the text is what a proof proves. */
export function saysTheSame(event: AuditEvent, text: string): boolean {
  const proved: unknown = JSON.parse(text);
  return SHOWN.every((key) => holds(event[key], partOf(proved, key)));
}

/** Everything of `shown` is in `proved`; the list leaves out what is sealed. */
function holds(shown: unknown, proved: unknown): boolean {
  if (typeof shown !== "object" || shown === null) return shown === proved;
  if (Array.isArray(shown) && partOf(proved, "length") !== shown.length) return false;
  return Object.entries(shown).every(([key, value]) => holds(value, partOf(proved, key)));
}

function partOf(whole: unknown, key: string): unknown {
  return typeof whole === "object" && whole !== null && Object.hasOwn(whole, key)
    ? whole[key as keyof typeof whole]
    : undefined;
}
