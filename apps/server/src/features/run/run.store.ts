import { DataMode } from "@aic-sos/contract/data-modes";
import {
  FINISHED_RUN_STATES,
  type ListRuns,
  type Run,
  type RunDetail,
  RunState,
  STEP_STATES,
} from "@aic-sos/contract/runs";
import { appendEvent } from "@aic-sos/db/append-event";
import { RefusedByDatabase } from "@aic-sos/db/errors";
import { newId } from "@aic-sos/db/ids";
import { read, readConsistent, write } from "@aic-sos/db/scoped";
import type { Grant } from "@aic-sos/policy/grant";
import type { WorkflowDefinition } from "@aic-sos/workflow/definition";
import { z } from "zod";
import { AppError, notFound } from "../../app-error.ts";
import { beforeId, iso, isoOrNull, rowsFor, toPage } from "../../page.ts";
import { contentRefused, type PlannedRun, type PublishedVersion } from "./plan-run.ts";

/** What each row of a list needs from its neighbours. */
const NEIGHBOURS = {
  workflow: { select: { name: true } },
  workflowVersion: { select: { version: true } },
  requester: { select: { displayName: true } },
  steps: {
    select: {
      id: true,
      stepId: true,
      use: true,
      state: true,
      needs: true,
      startedAt: true,
      finishedAt: true,
    },
  },
} as const;

const JsonObject = z.record(z.string(), z.json());
const StepState = z.enum(STEP_STATES);
const Trigger = z.enum(["manual", "api"]);

export const runStore = {
  /** The version that is in force in an environment. Throws `not_published` when there is none. */
  async readPublished(
    grant: Grant<"run:create">,
    workflowId: string,
    environment: string,
  ): Promise<PublishedVersion> {
    const { workflow, release } = await readConsistent(grant, async (db) => ({
      workflow: await db.workflow.findFirst({
        where: { id: workflowId },
        select: { name: true, workspace: { select: { dataPersistenceMode: true } } },
      }),
      release: await db.workflowRelease.findFirst({
        where: { workflowId, environment: { name: environment } },
        select: { workflowVersion: { select: { id: true, version: true, definition: true } } },
      }),
    }));
    if (!workflow) throw notFound();
    if (!release) {
      throw new AppError(
        "not_published",
        `${workflow.name} is not published to ${environment}; publish it first.`,
        {
          errors: [{ field: "environment", message: "has no published version of this workflow" }],
        },
      );
    }
    const { id: versionId, version, definition } = release.workflowVersion;
    return {
      workflowId,
      workflowName: workflow.name,
      versionId,
      version,
      // Written by this service after it was checked, and immutable since.
      definition: definition as unknown as WorkflowDefinition,
      dataMode: DataMode.parse(workflow.workspace.dataPersistenceMode),
    };
  },

  async create(
    grant: Grant<"run:create">,
    plan: PlannedRun,
    trigger: "manual" | "api",
  ): Promise<Run> {
    const { published } = plan;
    try {
      return await write(grant, async (tx) => {
        await tx.run.create({
          data: {
            id: plan.id,
            workflowId: published.workflowId,
            workflowVersionId: published.versionId,
            environment: plan.environment,
            trigger,
            requestedBy: grant.principalId,
            inputs: JSON.parse(JSON.stringify(plan.metadata)),
          },
        });
        await tx.step.createMany({
          data: published.definition.spec.steps.map((step) => ({
            id: newId(grant),
            runId: plan.id,
            stepId: step.id,
            use: step.use,
            needs: [...step.needs],
          })),
        });
        for (const { id, contentId, name, size, digest, sealed } of plan.content) {
          await tx.record.create({
            data: { id, runId: plan.id, kind: "run_input", name, class: "content", size, digest },
          });
          await tx.recordContent.create({ data: { id: contentId, recordId: id, sealed } });
        }
        await appendEvent(tx, { type: "run.created", resource: { type: "run", id: plan.id } });
        const row = await tx.run.findFirst({ where: { id: plan.id }, include: NEIGHBOURS });
        if (!row) throw notFound();
        return toRun(row);
      });
    } catch (error) {
      // The data mode changed after the plan was made: the database has the last word.
      if (error instanceof RefusedByDatabase && plan.content.length > 0) {
        throw contentRefused(plan.content.map((record) => record.name));
      }
      throw error;
    }
  },

  async list(grant: Grant<"run:read">, input: z.output<typeof ListRuns>) {
    const rows = await read(grant, (db) =>
      db.run.findMany({
        where: {
          ...beforeId(input.cursor),
          ...(input.state === undefined ? {} : { state: input.state }),
          ...(input.workflowId === undefined ? {} : { workflowId: input.workflowId }),
        },
        include: NEIGHBOURS,
        orderBy: { id: "desc" },
        take: rowsFor(input),
      }),
    );
    return toPage(rows, input.limit, toRun, (row) => row.id);
  },

  async read(grant: Grant<"run:read">, id: string): Promise<RunDetail> {
    const row = await read(grant, (db) =>
      db.run.findFirst({
        where: { id },
        include: {
          ...NEIGHBOURS,
          workflowVersion: { select: { version: true, definition: true } },
          records: { where: { class: "content" }, select: { id: true }, take: 1 },
        },
      }),
    );
    if (!row) throw notFound();
    return {
      ...toRun(row),
      inputs: JsonObject.parse(row.inputs),
      contentKept: row.records.length > 0,
      steps: inOrderOf(row.workflowVersion.definition, row.steps).map((step) => ({
        ...step,
        state: StepState.parse(step.state),
        startedAt: isoOrNull(step.startedAt),
        finishedAt: isoOrNull(step.finishedAt),
      })),
    };
  },

  async delete(grant: Grant<"run:delete">, id: string): Promise<{ id: string }> {
    return write(grant, async (tx) => {
      const { count } = await tx.run.deleteMany({
        where: { id, state: { in: [...FINISHED_RUN_STATES] } },
      });
      if (count === 0) {
        if (!(await tx.run.findFirst({ where: { id }, select: { id: true } }))) throw notFound();
        throw new AppError(
          "conflict",
          `Only finished runs (${FINISHED_RUN_STATES.join(", ")}) can be deleted.`,
        );
      }
      await appendEvent(tx, { type: "run.deleted", resource: { type: "run", id } });
      return { id };
    });
  },
};

/** Steps as the definition lists them: their ids were made in one go and say nothing about it. */
function inOrderOf<S extends { readonly stepId: string }>(
  stored: unknown,
  steps: readonly S[],
): S[] {
  // Written by this service after it was checked, and immutable since.
  const definition = stored as WorkflowDefinition;
  const place = new Map(definition.spec.steps.map((step, index) => [step.id, index]));
  const placeOf = ({ stepId }: S) => place.get(stepId) ?? place.size;
  return steps.toSorted((one, other) => placeOf(one) - placeOf(other));
}

function toRun(row: {
  id: string;
  workspaceId: string;
  workflowId: string;
  environment: string;
  state: string;
  trigger: string;
  requestedBy: string;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  workflow: { name: string };
  workflowVersion: { version: number };
  requester: { displayName: string };
  steps: readonly { state: string }[];
}): Run {
  const done = row.steps.filter(
    ({ state }) => state === "succeeded" || state === "failed" || state === "skipped",
  );
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    workflowId: row.workflowId,
    workflowName: row.workflow.name,
    workflowVersion: row.workflowVersion.version,
    environment: row.environment,
    state: RunState.parse(row.state),
    trigger: Trigger.parse(row.trigger),
    requestedBy: row.requestedBy,
    requestedByName: row.requester.displayName,
    stepsDone: done.length,
    stepsTotal: row.steps.length,
    createdAt: iso(row.createdAt),
    startedAt: isoOrNull(row.startedAt),
    finishedAt: isoOrNull(row.finishedAt),
  };
}
