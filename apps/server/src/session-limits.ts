/** A session that nobody uses ends after this, in milliseconds. */
export const SESSION_IDLE_MS = 12 * 60 * 60 * 1000;

/** A platform administrator logs in again each day, in milliseconds. */
export const PLATFORM_SESSION_MS = 12 * 60 * 60 * 1000;

/** No session is older than this, in milliseconds. */
export const SESSION_ABSOLUTE_MS = 7 * 24 * 60 * 60 * 1000;
