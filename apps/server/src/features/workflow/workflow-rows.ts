import { RiskTier, type WorkflowSummary, type WorkflowVersion } from "@aic-sos/contract/workflows";
import { iso } from "../../page.ts";

/** Columns of a version that a list shows: all but the source and the definition. */
export const VERSION = {
  id: true,
  workflowId: true,
  version: true,
  digest: true,
  riskTier: true,
  createdAt: true,
  createdBy: true,
} as const;

/** Of a workflow what a list shows of it. */
export const SUMMARY = {
  workflowVersions: { select: VERSION, orderBy: { version: "desc" as const }, take: 1 },
  // One row an environment. The history of publications has no bound and is not read here.
  workflowReleases: {
    select: {
      publishedBy: true,
      publishedAt: true,
      environment: { select: { name: true } },
      workflowVersion: { select: { version: true } },
    },
    orderBy: { publicationId: "desc" as const },
  },
};

/** A version as callers see it. */
export function toVersion(row: {
  id: string;
  workflowId: string;
  version: number;
  digest: string;
  riskTier: string;
  createdAt: Date;
  createdBy: string;
}): WorkflowVersion {
  const { id, workflowId, version, digest, createdBy } = row;
  return {
    id,
    workflowId,
    version,
    digest,
    riskTier: RiskTier.parse(row.riskTier),
    createdAt: iso(row.createdAt),
    createdBy,
  };
}

/** A workflow as a list shows it: its latest version, and what is published where. */
export function toSummary(row: {
  id: string;
  workspaceId: string;
  name: string;
  description: string;
  createdAt: Date;
  workflowVersions: Parameters<typeof toVersion>[0][];
  workflowReleases: {
    publishedBy: string;
    publishedAt: Date;
    environment: { name: string };
    workflowVersion: { version: number };
  }[];
}): WorkflowSummary {
  const [latest] = row.workflowVersions;
  if (!latest) throw new Error("a workflow has at least one version");
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    name: row.name,
    description: row.description,
    latest: toVersion(latest),
    publications: row.workflowReleases.map((release) => ({
      environment: release.environment.name,
      version: release.workflowVersion.version,
      publishedAt: iso(release.publishedAt),
      publishedBy: release.publishedBy,
    })),
    createdAt: iso(row.createdAt),
  };
}
