import { z } from "zod";
import { Id } from "./ids.ts";
import { pageInput, pageOf } from "./page.ts";
import { Instant } from "./text.ts";

export const EndSession = z.object({});

/** `redirectTo` leads over the identity provider's own logout back to the login page. */
export const EndedSession = z
  .object({ id: Id, redirectTo: z.string() })
  .meta({ id: "EndedSession" });

/** A browser where one is logged in. Device and address are sealed at rest and shown to their owner alone. */
export const Session = z
  .object({
    id: Id,
    /** The one that asks. */
    current: z.boolean(),
    /** In words, such as `Firefox on Windows`; null when the browser did not say. */
    device: z.string().nullable(),
    /** Where it logged in from: an IP address. */
    address: z.string().nullable(),
    createdAt: Instant,
    lastSeenAt: Instant,
    /** It ends then, unless it is used before. */
    idleEndsAt: Instant,
    /** It ends then, whatever happens. */
    endsAt: Instant,
  })
  .meta({ id: "Session" });
export type Session = z.infer<typeof Session>;

export const ListSessions = z.object(pageInput);

/** The deployment's, for whoever asks. */
const SessionLimits = z
  .object({
    /** A session that is not used ends after so many minutes. */
    idleMinutes: z.int(),
    /** Every one ends so many minutes after its login. */
    absoluteMinutes: z.int(),
  })
  .meta({ id: "SessionLimits" });
export type SessionLimits = z.infer<typeof SessionLimits>;

export const SessionPage = pageOf(Session).extend({ limits: SessionLimits });
export const RevokeSession = z.object({ sessionId: Id });
export const RevokedSession = z.object({ id: Id }).meta({ id: "RevokedSession" });
export const RevokeOtherSessions = z.object({});
export const RevokedSessions = z.object({ ids: z.array(Id) }).meta({ id: "RevokedSessions" });
