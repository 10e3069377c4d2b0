import type { AuditEvent } from "@aic-sos/audit/event";
import { countInWindow } from "@aic-sos/db/rate-limit";
import type { Dependencies } from "./dependencies.ts";

/** Security events of one type by one actor within a window, over all replicas. */
const MOST = { events: 30, seconds: 60 };

/**
 * Whether one more security event of a denial is told. Those of a flood are not: each denial stands in the log by itself,
 * and that they repeat is an event of its own (`repeated-denials.ts`). When nobody can count, it is told.
 */
export async function mayTell(
  deps: Pick<Dependencies, "log">,
  cell: number,
  event: AuditEvent,
): Promise<boolean> {
  try {
    const subject = `${event.type}/${event.actor.id}`;
    const { points } = await countInWindow(cell, "security-events", subject, MOST.seconds);
    return points <= MOST.events;
  } catch (error) {
    deps.log.warn({ err: error }, "security events not counted");
    return true;
  }
}
