import { z } from "zod";
import { Id } from "./ids.ts";
import { pageInput, pageOf } from "./page.ts";
import { Instant, Slug } from "./text.ts";

const Json = z.json().meta({ id: "Json" });

export const RUN_STATES = [
  "queued",
  "running",
  "waiting_for_approval",
  "succeeded",
  "failed",
  "cancelled",
] as const;
export const RunState = z.enum(RUN_STATES).meta({ id: "RunState" });
export type RunState = z.infer<typeof RunState>;

/** A run in one of these has ended and never changes again. */
export const FINISHED_RUN_STATES: readonly RunState[] = ["succeeded", "failed", "cancelled"];

export const STEP_STATES = [
  "pending",
  "running",
  "waiting",
  "succeeded",
  "failed",
  "skipped",
] as const;

export const Run = z
  .object({
    id: Id,
    workspaceId: Id,
    workflowId: Id,
    workflowName: z.string(),
    workflowVersion: z.int().positive(),
    environment: z.string(),
    state: RunState,
    trigger: z.enum(["manual", "api"]),
    requestedBy: Id,
    requestedByName: z.string(),
    stepsDone: z.int().nonnegative(),
    stepsTotal: z.int().nonnegative(),
    createdAt: Instant,
    startedAt: Instant.nullable(),
    finishedAt: Instant.nullable(),
  })
  .meta({ id: "Run" });
export type Run = z.infer<typeof Run>;

export const RunDetail = Run.extend({
  /** Inputs of class `metadata`; content never leaves by this door. */
  inputs: z.record(z.string(), Json),
  contentKept: z.boolean(),
  steps: z.array(
    z.object({
      id: Id,
      stepId: z.string(),
      use: z.string(),
      state: z.enum(STEP_STATES),
      needs: z.array(z.string()),
      startedAt: Instant.nullable(),
      finishedAt: Instant.nullable(),
    }),
  ),
}).meta({ id: "RunDetail" });
export type RunDetail = z.infer<typeof RunDetail>;

export const CreateRun = z.object({
  workflowId: Id,
  environment: Slug.default("prod"),
  inputs: z.record(z.string().max(64), Json).default({}),
  workspaceId: Id.optional(),
});
export const ListRuns = z.object({
  workspaceId: Id.optional(),
  workflowId: Id.optional(),
  state: RunState.optional(),
  ...pageInput,
});
export const RunPage = pageOf(Run);
export const RunPath = z.object({ runId: Id, workspaceId: Id.optional() });
export const DeletedRun = z.object({ id: Id });
