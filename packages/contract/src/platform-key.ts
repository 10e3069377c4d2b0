import { z } from "zod";
import { MAX_OVERLAP_HOURS } from "./api-keys.ts";
import { Id } from "./ids.ts";
import { RegionName } from "./regions.ts";
import { Instant } from "./text.ts";

export const ReadPlatformKey = z.object({});

/** Whether the platform key lets anybody in, and since when it is the one that it is. Never the key. */
export const PlatformKey = z
  .object({
    state: z.enum(["active", "off"]),
    /** When the key in effect was made: by the last rotation, or from the configuration. */
    since: Instant.nullable(),
    lastUsedAt: Instant.nullable(),
    /** The latest end of a key that was rotated and still works. */
    previousEndsAt: Instant.nullable(),
    /** Whether platform administrators can log in as persons; without it the key cannot be switched off here. */
    loginConfigured: z.boolean(),
  })
  .meta({ id: "PlatformKey" });
export type PlatformKey = z.infer<typeof PlatformKey>;

export const RotatePlatformKey = z.object({
  /** How long the old key goes on; 0 ends it at once. */
  overlapHours: z.int().min(0).max(MAX_OVERLAP_HOURS).default(24),
});

/** `key` is shown this once. */
export const RotatedPlatformKey = z
  .object({
    id: Id,
    key: z.string(),
    /** When the old key ends. */
    previousEndsAt: Instant,
  })
  .meta({ id: "RotatedPlatformKey" });

export const DisablePlatformKey = z.object({});

export const DisabledPlatformKey = z
  .object({
    disabledAt: Instant,
    /** Regions whose database did not answer: the key works nowhere, but their log does not say so yet. Call again. */
    unreached: z.array(RegionName),
    /** How a platform key is let in again. */
    wayBack: z.string(),
  })
  .meta({ id: "DisabledPlatformKey" });
