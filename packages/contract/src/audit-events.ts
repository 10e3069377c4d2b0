import { z } from "zod";
import { Explanation } from "./explanations.ts";
import { Id } from "./ids.ts";
import { pageInput, pageOf } from "./page.ts";
import { placeInput } from "./place.ts";
import { Role } from "./roles.ts";
import { Instant, safeText } from "./text.ts";

export const AUDIT_CLASSES = ["decision", "change", "security"] as const;
export const OUTCOMES = ["allow", "deny"] as const;

/** An event as it is read. `seq` and the hashes are there once it is sealed. */
export const AuditEvent = z
  .object({
    id: Id,
    seq: z.int().positive(),
    time: Instant,
    class: z.enum(AUDIT_CLASSES),
    type: z.string(),
    tenantId: Id,
    workspaceId: Id.nullable(),
    region: z.string(),
    actor: z.object({ id: z.string(), kind: z.string(), authentication: z.string() }),
    procedure: z.string().nullable(),
    permission: z.string().nullable(),
    outcome: z.enum(OUTCOMES).nullable(),
    reason: z.string().nullable(),
    resource: z.object({ type: z.string(), id: z.string() }).nullable(),
    decisionId: z.string().nullable(),
    requestId: z.string().nullable(),
    changes: z.array(
      z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
    ),
    /** Of a change of roles: whose, and which; where, the event's workspace says. */
    binding: z.object({ userId: Id, role: Role }).optional(),
    /** Of a decision: why it was made so. */
    explanation: Explanation.pick({ rule: true, bindings: true })
      .extend({ wouldGrant: Explanation.shape.wouldGrant.optional() })
      .optional(),
    /** How many occurrences the event stands for. */
    count: z.int().positive(),
    leafHash: z.string(),
    chainHash: z.string(),
  })
  .meta({ id: "AuditEvent" });
export type AuditEvent = z.infer<typeof AuditEvent>;

/** Only compared, never looked up: an actor may live in another region, as the platform does. */
const ActorId = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^(?:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|unauthenticated|system:[a-z][a-z-]{0,55})$/,
    "must be the id of a principal, unauthenticated, or system: and a job",
  );

/** Which events: all of what is named must be true of one. */
export const ListAuditEvents = z.object({
  ...placeInput,
  class: z.enum(AUDIT_CLASSES).optional(),
  type: safeText({ max: 64 }).optional(),
  /** A permission that was asked for, a type of event, or the noun of both: `workflow:publish`, `workflow.published`, `workflow`. */
  action: z
    .string()
    .regex(/^[a-z_]{1,40}(?:[.:][a-z_]{1,40})?$/, "must be a noun, or a noun with its verb")
    .optional(),
  actorId: ActorId.optional(),
  outcome: z.enum(OUTCOMES).optional(),
  resourceType: z
    .string()
    .regex(/^[a-z_]{1,40}$/, "must be a noun")
    .optional(),
  /** Together with `resourceType`. */
  resourceId: safeText({ min: 1, max: 64 }).optional(),
  /** From this instant on. */
  from: Instant.optional(),
  /** Before this instant. */
  to: Instant.optional(),
  ...pageInput,
});
/** An event of the log by its id. */
export const OneAuditEvent = z.object({ eventId: Id, ...placeInput });
export const ListSecurityEvents = z.object({ workspaceId: Id.optional(), ...pageInput });
export const AuditEventPage = pageOf(AuditEvent);
