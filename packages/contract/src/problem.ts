import { z } from "zod";
import { DENIAL_REASONS, type DenialReason } from "./reasons.ts";
import { type ErrorCode, errorCodes } from "./errors.ts";

/** One thing that is wrong with one field. `field` is a JSON path such as `name` or `steps.2.id`. */
export const FieldProblem = z.object({
  field: z.string(),
  message: z.string(),
  allowed: z.array(z.string()).optional(),
  line: z.int().optional(),
  column: z.int().optional(),
});
export type FieldProblem = z.infer<typeof FieldProblem>;

/** RFC 9457 problem details, with our members; the same object travels in tRPC's `error.data.problem`. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(errorCodes as [ErrorCode, ...ErrorCode[]]),
    detail: z.string(),
    requestId: z.string().optional(),
    decisionId: z.string().optional(),
    reason: z.enum(Object.keys(DENIAL_REASONS) as [DenialReason, ...DenialReason[]]).optional(),
    errors: z.array(FieldProblem).optional(),
    /** Of `answer_not_kept`: what the first request made. */
    resourceId: z.string().optional(),
    retryAfterSeconds: z.int().optional(),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof Problem>;
