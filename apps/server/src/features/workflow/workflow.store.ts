import type { ListWorkflows, PublishWorkflow, Workflow } from "@aic-sos/contract/workflows";
import { appendEvent } from "@aic-sos/db/append-event";
import { ReferenceViolation, UniqueViolation } from "@aic-sos/db/errors";
import { newId } from "@aic-sos/db/ids";
import {
  read,
  readConsistent,
  type ScopedClient,
  type ScopedTransaction,
  write,
} from "@aic-sos/db/scoped";
import type { Grant } from "@aic-sos/policy/grant";
import type { z } from "zod";
import { AppError, invalidField, notFound } from "../../app-error.ts";
import { beforeId, iso, rowsFor, toPage } from "../../page.ts";
import type { CheckedDefinition } from "./definition-of.ts";
import { SUMMARY, toSummary, toVersion, VERSION } from "./workflow-rows.ts";

type Granted = Grant<"workflow:create"> | Grant<"workflow:update">;

export const workflowStore = {
  async create(grant: Grant<"workflow:create">, checked: CheckedDefinition): Promise<Workflow> {
    const { name, description } = checked.definition.metadata;
    try {
      return await write(grant, async (tx) => {
        const id = newId(grant);
        await tx.workflow.create({ data: { id, name, description, createdBy: grant.principalId } });
        await storeVersion(tx, grant, id, 1, checked);
        await appendEvent(tx, { type: "workflow.created", resource: { type: "workflow", id } });
        return whole(tx, id);
      });
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
      throw new AppError(
        "already_exists",
        `The workspace has a workflow named ${name} already; add a version to it.`,
        {
          errors: [{ field: "source.metadata.name", message: "is taken" }],
        },
      );
    }
  },

  /** Adds a version. The name stays: a definition with another one is another workflow. */
  async update(
    grant: Grant<"workflow:update">,
    id: string,
    checked: CheckedDefinition,
  ): Promise<Workflow> {
    const { name, description } = checked.definition.metadata;
    return write(grant, async (tx) => {
      // The update also locks the row, so that two writers get two numbers.
      const before = await tx.workflow.updateMany({ where: { id, name }, data: { description } });
      if (before.count === 0) await refuseVersion(tx, id, name);
      const latest = await tx.workflowVersion.findFirst({
        where: { workflowId: id },
        select: { version: true },
        orderBy: { version: "desc" },
      });
      await storeVersion(tx, grant, id, (latest?.version ?? 0) + 1, checked);
      await appendEvent(tx, { type: "workflow.updated", resource: { type: "workflow", id } });
      return whole(tx, id);
    });
  },

  async publish(grant: Grant<"workflow:publish">, input: z.output<typeof PublishWorkflow>) {
    const { workflowId, environment } = input;
    return write(grant, async (tx) => {
      const version = await tx.workflowVersion.findFirst({
        where: { workflowId, ...(input.version === undefined ? {} : { version: input.version }) },
        select: { id: true, version: true },
        orderBy: { version: "desc" },
      });
      if (!version) throw await missingVersion(tx, workflowId, input.version);
      await tx.environment.createMany({
        data: [{ id: newId(grant), name: environment }],
        skipDuplicates: true,
      });
      const target = await tx.environment.findFirst({
        where: { name: environment },
        select: { id: true },
      });
      if (!target) throw notFound();
      const row = await tx.workflowPublication.create({
        data: {
          id: newId(grant),
          workflowId,
          workflowVersionId: version.id,
          environmentId: target.id,
          publishedBy: grant.principalId,
        },
      });
      await appendEvent(tx, {
        type: "workflow.published",
        resource: { type: "workflow_version", id: version.id },
      });
      return {
        workflowId,
        versionId: version.id,
        version: version.version,
        environment,
        publishedAt: iso(row.createdAt),
        publishedBy: grant.principalId,
      };
    });
  },

  async list(grant: Grant<"workflow:read">, input: z.output<typeof ListWorkflows>) {
    const published =
      input.environment === undefined
        ? {}
        : { workflowReleases: { some: { environment: { name: input.environment } } } };
    const rows = await read(grant, (db) =>
      db.workflow.findMany({
        where: { ...beforeId(input.cursor), ...published },
        include: SUMMARY,
        orderBy: { id: "desc" },
        take: rowsFor(input),
      }),
    );
    return toPage(rows, input.limit, toSummary, (row) => row.id);
  },

  async read(grant: Grant<"workflow:read">, id: string): Promise<Workflow> {
    return readConsistent(grant, (db) => whole(db, id));
  },

  async readVersion(
    grant: Grant<"workflow:read">,
    { workflowId, version }: { workflowId: string; version: number },
  ) {
    const row = await read(grant, (db) =>
      db.workflowVersion.findFirst({
        where: { workflowId, version },
        select: { ...VERSION, source: true },
      }),
    );
    if (!row) throw notFound();
    return { ...toVersion(row), source: row.source };
  },

  /** Refused by the database where runs point to a version. */
  async delete(grant: Grant<"workflow:delete">, id: string): Promise<{ id: string }> {
    try {
      return await write(grant, async (tx) => {
        const { count } = await tx.workflow.deleteMany({ where: { id } });
        if (count === 0) throw notFound();
        await appendEvent(tx, { type: "workflow.deleted", resource: { type: "workflow", id } });
        return { id };
      });
    } catch (error) {
      if (!(error instanceof ReferenceViolation)) throw error;
      throw new AppError(
        "conflict",
        "The workflow has runs, which point to its versions; delete those first.",
      );
    }
  },

  /** One cheap look at the workspace: proves the caller's rights of this moment where nothing else is read. */
  async assertWorkspace(grant: Grant<"workflow:read">): Promise<void> {
    const row = await read(grant, (db) => db.workspace.findFirst({ select: { id: true } }));
    if (!row) throw notFound();
  },
};

async function storeVersion(
  tx: ScopedTransaction,
  grant: Granted,
  workflowId: string,
  version: number,
  { source, definition, digest }: CheckedDefinition,
): Promise<void> {
  await tx.workflowVersion.create({
    data: {
      id: newId(grant),
      workflowId,
      version,
      source,
      definition: JSON.parse(JSON.stringify(definition)),
      digest,
      riskTier: definition.spec.riskTier,
      createdBy: grant.principalId,
    },
  });
}

async function refuseVersion(tx: ScopedTransaction, id: string, name: string): Promise<never> {
  const row = await tx.workflow.findFirst({ where: { id }, select: { name: true } });
  if (!row) throw notFound();
  throw new AppError(
    "invalid_input",
    `The workflow is named ${row.name}; a definition named ${name} is another one.`,
    {
      errors: [
        { field: "source.metadata.name", message: "must stay as it is", allowed: [row.name] },
      ],
    },
  );
}

async function missingVersion(
  tx: ScopedTransaction,
  workflowId: string,
  version: number | undefined,
): Promise<AppError> {
  const row = await tx.workflow.findFirst({ where: { id: workflowId }, select: { id: true } });
  return row && version !== undefined
    ? invalidField("version", `${version} does not exist`)
    : notFound();
}

async function whole(db: ScopedClient, id: string): Promise<Workflow> {
  const row = await db.workflow.findFirst({ where: { id }, include: SUMMARY });
  const versions = await db.workflowVersion.findMany({
    where: { workflowId: id },
    select: VERSION,
    orderBy: { version: "desc" },
    take: 100,
  });
  const latest = await db.workflowVersion.findFirst({
    where: { workflowId: id },
    select: { source: true },
    orderBy: { version: "desc" },
  });
  if (!row || !latest) throw notFound();
  return { ...toSummary(row), source: latest.source, versions: versions.map(toVersion) };
}
