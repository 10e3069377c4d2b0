import { z } from "zod";
import { Id } from "./ids.ts";
import { pageInput, pageOf } from "./page.ts";
import { Instant, Slug, safeText } from "./text.ts";
import { MAX_INT4, wholeNumber } from "./whole-number.ts";

const VersionNumber = wholeNumber(z.int().min(1).max(MAX_INT4));

export const RISK_TIERS = ["low", "medium", "high", "critical"] as const;
export const RiskTier = z.enum(RISK_TIERS).meta({ id: "RiskTier" });
export type RiskTier = z.infer<typeof RiskTier>;

/** The YAML text of a definition; at most 1 MB. */
export const WorkflowSource = safeText({ min: 1, max: 1_000_000 });

export const WorkflowVersion = z
  .object({
    id: Id,
    workflowId: Id,
    version: z.int().positive(),
    digest: z.string(),
    riskTier: RiskTier,
    createdAt: Instant,
    createdBy: Id,
  })
  .meta({ id: "WorkflowVersion" });
export type WorkflowVersion = z.infer<typeof WorkflowVersion>;

export const Publication = z
  .object({
    environment: z.string(),
    version: z.int().positive(),
    publishedAt: Instant,
    publishedBy: Id,
  })
  .meta({ id: "Publication" });
export type Publication = z.infer<typeof Publication>;

export const WorkflowSummary = z
  .object({
    id: Id,
    workspaceId: Id,
    name: z.string(),
    description: z.string(),
    latest: WorkflowVersion,
    publications: z.array(Publication),
    createdAt: Instant,
  })
  .meta({ id: "WorkflowSummary" });
export type WorkflowSummary = z.infer<typeof WorkflowSummary>;

export const Workflow = WorkflowSummary.extend({
  source: z.string(),
  versions: z.array(WorkflowVersion),
}).meta({ id: "Workflow" });
export type Workflow = z.infer<typeof Workflow>;

export const CreateWorkflow = z.object({ source: WorkflowSource, workspaceId: Id.optional() });
export const UpdateWorkflow = z.object({
  workflowId: Id,
  source: WorkflowSource,
  workspaceId: Id.optional(),
});

/** `version` is the latest and `environment` is `prod` when not named. */
export const PublishWorkflow = z.object({
  workflowId: Id,
  version: VersionNumber.optional(),
  environment: Slug.default("prod"),
  workspaceId: Id.optional(),
});
export const PublishedWorkflow = Publication.extend({ workflowId: Id, versionId: Id }).meta({
  id: "PublishedWorkflow",
});

/** With `environment`: only those published there. */
export const ListWorkflows = z.object({
  workspaceId: Id,
  environment: Slug.optional(),
  ...pageInput,
});
export const WorkflowPage = pageOf(WorkflowSummary);
export const WorkflowPath = z.object({ workspaceId: Id, workflowId: Id });
export const WorkflowVersionPath = WorkflowPath.extend({
  version: VersionNumber,
});
export const WorkflowVersionSource = WorkflowVersion.extend({ source: z.string() }).meta({
  id: "WorkflowVersionSource",
});
export const DeleteWorkflow = z.object({ workflowId: Id, workspaceId: Id.optional() });
export const DeletedWorkflow = z.object({ id: Id });

/** What the editor asks while one types; nothing is stored. */
export const CheckWorkflow = z.object({
  source: safeText({ max: 1_000_000 }),
  workspaceId: Id.optional(),
});
export const CheckedWorkflow = z.object({
  ok: z.boolean(),
  name: z.string().nullable(),
  digest: z.string().nullable(),
  problems: z.array(
    z.object({
      line: z.int(),
      column: z.int(),
      path: z.string(),
      rule: z.string(),
      message: z.string(),
      allowed: z.array(z.string()).optional(),
    }),
  ),
});
