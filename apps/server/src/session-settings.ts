import { z } from "zod";

const MINUTE_MS = 60_000;

function whole(unit: string, [least, most]: readonly [number, number]) {
  const message = `must be whole ${unit}, from ${least} to ${most}`;
  return z.int(message).min(least, message).max(most, message);
}

/** How long people's logins in browsers last. */
export const SessionSettings = z
  .strictObject({
    /** A session that nobody uses ends after so many minutes. Uses are noted by the minute, hence no less than five. */
    idleMinutes: whole("minutes", [5, 10_080]).default(12 * 60),
    /** No session is older, however much it is used. */
    absoluteHours: whole("hours", [1, 720]).default(7 * 24),
    /** A platform administrator logs in again after so many hours at the latest: each day. */
    platformHours: whole("hours", [1, 24]).default(12),
  })
  .check(({ value, issues }) => {
    const { idleMinutes, absoluteHours } = value;
    if (idleMinutes <= absoluteHours * 60) return;
    const most = `sessions.absoluteHours, here ${absoluteHours} hours (${absoluteHours * 60} minutes)`;
    issues.push({
      code: "custom",
      input: idleMinutes,
      path: ["idleMinutes"],
      message: `is ${idleMinutes}: it must not be longer than ${most}`,
    });
  })
  .prefault({});
export type SessionSettings = z.infer<typeof SessionSettings>;

/** How long a session lives, in milliseconds: without a use, and at all. */
export interface SessionLimits {
  readonly idleMs: number;
  readonly absoluteMs: number;
}

/** Of a person of a tenant. */
export function sessionLimits({ idleMinutes, absoluteHours }: SessionSettings): SessionLimits {
  return { idleMs: idleMinutes * MINUTE_MS, absoluteMs: absoluteHours * 60 * MINUTE_MS };
}

/** Of a platform administrator, who is never let go on longer without a use than everybody else. */
export function platformSessionLimits({
  idleMinutes,
  platformHours,
}: SessionSettings): SessionLimits {
  const absoluteMs = platformHours * 60 * MINUTE_MS;
  return { idleMs: Math.min(idleMinutes * MINUTE_MS, absoluteMs), absoluteMs };
}
