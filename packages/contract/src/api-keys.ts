import { z } from "zod";
import { Id } from "./ids.ts";
import { pageInput, pageOf } from "./page.ts";
import { type Permission, permissions } from "./permissions.ts";
import { placeInput } from "./place.ts";
import { DisplayName, Instant } from "./text.ts";

/** A rotated key goes on beside its successor for at most so many hours. */
export const MAX_OVERLAP_HOURS = 48;
/** Days that a key lives at most, and unless told. */
export const MAX_KEY_DAYS = 366;
export const DEFAULT_KEY_DAYS = 90;
/** Keys of one service that live at the same time. */
export const MAX_LIVE_KEYS = 20;

/** `ending`: it was rotated and goes on until `expiresAt`. */
export const API_KEY_STATES = ["active", "ending", "ended", "revoked"] as const;

const PermissionName = z.enum(permissions as [Permission, ...Permission[]]);

/** A service's key, without its secret, which nobody can see again. */
export const ApiKey = z
  .object({
    id: Id,
    serviceId: Id,
    serviceName: z.string(),
    /** Where it is bound to; null: wherever the service has a role. */
    workspaceId: Id.nullable(),
    name: z.string(),
    /** How the key begins: enough to recognise it, useless without the rest. */
    prefix: z.string(),
    /** What it is limited to; null: all that the service's roles allow. */
    permissions: z.array(z.string()).nullable(),
    state: z.enum(API_KEY_STATES),
    createdAt: Instant,
    createdBy: Id.nullable(),
    expiresAt: Instant.nullable(),
    lastUsedAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
    /** The key that took its place. */
    rotatedTo: Id.nullable(),
  })
  .meta({ id: "ApiKey" });
export type ApiKey = z.infer<typeof ApiKey>;

/** `key` is shown this once. */
export const CreatedApiKey = z
  .object({ apiKey: ApiKey, key: z.string() })
  .meta({ id: "CreatedApiKey" });

/** `previous` names its end. */
export const RotatedApiKey = z
  .object({ apiKey: ApiKey, key: z.string(), previous: ApiKey })
  .meta({ id: "RotatedApiKey" });

export const CreateApiKey = z.object({
  serviceId: Id,
  name: DisplayName,
  permissions: z
    .array(PermissionName)
    .min(1, "must name at least one, or be left out")
    .max(permissions.length)
    .optional(),
  /** At most 366 days away; 90 days unless told. */
  expiresAt: Instant.optional(),
  ...placeInput,
});
export const ListApiKeys = z.object({
  serviceId: Id.optional(),
  workspaceId: Id.optional(),
  ...pageInput,
});
export const ApiKeyPage = pageOf(ApiKey);
export const RotateApiKey = z.object({
  apiKeyId: Id,
  /** How long the old key goes on; 0 ends it at once. */
  overlapHours: z.int().min(0).max(MAX_OVERLAP_HOURS).default(24),
  expiresAt: Instant.optional(),
  ...placeInput,
});
export const RevokeApiKey = z.object({ apiKeyId: Id, ...placeInput });
export const RevokedApiKey = z.object({ id: Id, revokedAt: Instant }).meta({ id: "RevokedApiKey" });
