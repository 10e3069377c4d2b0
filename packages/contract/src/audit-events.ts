import { z } from "zod";
import { Explanation } from "./explanations.ts";
import { Id } from "./ids.ts";
import { pageInput, pageOf } from "./page.ts";
import { Instant, safeText } from "./text.ts";

export const AUDIT_CLASSES = ["decision", "change", "security"] as const;

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
    outcome: z.enum(["allow", "deny"]).nullable(),
    reason: z.string().nullable(),
    resource: z.object({ type: z.string(), id: z.string() }).nullable(),
    decisionId: z.string().nullable(),
    requestId: z.string().nullable(),
    changes: z.array(
      z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
    ),
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

export const ListAuditEvents = z.object({
  workspaceId: Id.optional(),
  class: z.enum(AUDIT_CLASSES).optional(),
  type: safeText({ max: 64 }).optional(),
  actorId: Id.optional(),
  ...pageInput,
});
export const ListSecurityEvents = z.object({ workspaceId: Id.optional(), ...pageInput });
export const AuditEventPage = pageOf(AuditEvent);
