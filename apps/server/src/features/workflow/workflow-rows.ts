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
  // The latest publication of each environment is the one in force.
  workflowPublications: {
    select: {
      publishedBy: true,
      createdAt: true,
      environment: { select: { name: true } },
      workflowVersion: { select: { version: true } },
    },
    orderBy: { id: "desc" as const },
    distinct: ["environmentId" as const],
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
  workflowPublications: {
    publishedBy: string;
    createdAt: Date;
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
    publications: row.workflowPublications.map((publication) => ({
      environment: publication.environment.name,
      version: publication.workflowVersion.version,
      publishedAt: iso(publication.createdAt),
      publishedBy: publication.publishedBy,
    })),
    createdAt: iso(row.createdAt),
  };
}
