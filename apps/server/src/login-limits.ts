/**
 * How often a login may be begun or ended from one address, and of one tenant, over all replicas. An office behind one
 * address comes in together in the morning: generous for people, narrow for programs that guess.
 */
export const PER_ADDRESS = { points: 240, seconds: 60 } as const;

/** Invitations are guessed at, not waited for. */
export const INVITATIONS_PER_ADDRESS = { points: 60, seconds: 60 } as const;

/** So that nobody can send a tenant's provider a flood through us. */
export const PER_TENANT = { points: 1_200, seconds: 60 } as const;

/** Of an app's tokens: each app asks every fifteen minutes, many apps stand behind one address. */
export const TOKENS_PER_ADDRESS = { points: 300, seconds: 60 } as const;

/** All installations of one client together: an app that asks in a loop, everywhere. */
export const TOKENS_PER_CLIENT = { points: 12_000, seconds: 60 } as const;

/** Devices of one tenant that begin to ask; each may be seen by nobody yet, and leaves a row and an event. */
export const DEVICES_PER_TENANT = { points: 120, seconds: 60 } as const;

/** So that nobody alone keeps a tenant's devices out. */
export const DEVICES_PER_ADDRESS = { points: 60, seconds: 60 } as const;

/** User codes that one person tries, right and wrong ones: with some 2^34 of them, a guess that hits takes ages. */
export const USER_CODES_PER_PERSON = { points: 30, seconds: 600 } as const;

/** The same for all who sit behind one address. */
export const USER_CODES_PER_ADDRESS = { points: 300, seconds: 600 } as const;

/** Providers sign whole offices out at night, from few addresses of theirs. */
export const LOGOUTS_PER_ADDRESS = { points: 1_200, seconds: 60 } as const;

/** Refused logins of a tenant that get an event of their own; what is more is counted together. */
export const REFUSALS_PER_TENANT = { points: 60, seconds: 60 } as const;
