import { ListAuditEvents } from "@aic-sos/contract/audit-events";

/** The filters of the audit log as the address keeps them. */
export interface AuditFilterValues {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly outcome?: "allow" | "deny" | undefined;
  readonly resource?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const { action, actorId, resourceType, resourceId } = ListAuditEvents.shape;

/** The value, when the server would take it as an action. */
export function actionOf(value: unknown): string | undefined {
  return value === undefined ? undefined : action.safeParse(value).data;
}

/** The value, when the server would take it as an actor. */
export function actorOf(value: unknown): string | undefined {
  return value === undefined ? undefined : actorId.safeParse(value).data;
}

/** `workflow` or `workflow/<id>`, when the server would take its parts. */
export function resourceOf(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const { type, id } = partsOf(value);
  const fits = resourceType.safeParse(type).success && resourceId.safeParse(id).success;
  return fits && type !== undefined ? value : undefined;
}

/** What is asked of the server. */
export function auditQuery(values: AuditFilterValues) {
  const { type, id } = partsOf(values.resource ?? "");
  return {
    actorId: values.actor,
    action: values.action,
    outcome: values.outcome,
    resourceType: type,
    resourceId: id,
    from: values.from,
    to: values.to,
  };
}

/** `workflow/<id>` apart; the id is missing where only a type is named. */
export function partsOf(resource: string): { type: string | undefined; id: string | undefined } {
  const slash = resource.indexOf("/");
  const type = slash < 0 ? resource : resource.slice(0, slash);
  return {
    type: type === "" ? undefined : type,
    id: slash < 0 ? undefined : resource.slice(slash + 1),
  };
}

/** An instant as `<input type="datetime-local">` shows it: in the zone of the browser, to the minute. */
export function toLocalTime(instant: string | undefined): string {
  if (instant === undefined) return "";
  const time = new Date(instant);
  const local = new Date(time.getTime() - time.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
