import type { Workflow } from "@aic-sos/contract/workflows";
import { CopyButton, Button, Skeleton } from "@mantine/core";
import { lazy, Suspense } from "react";
import { trpc } from "../../api/trpc.ts";
import { diffCounts, diffLines } from "../../lib/diff-lines.ts";
import { Panel } from "../../ui/panel.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { DiffView } from "./diff-view.tsx";

const YamlView = lazy(() =>
  import("../../editor/yaml-view.tsx").then((module) => ({ default: module.YamlView })),
);

interface Props {
  readonly workflow: Workflow;
  readonly version: number;
  readonly compare: number | undefined;
}

/** The source of one version, or what it changes against another one. */
export function VersionSource({ workflow, version, compare }: Props) {
  const shown = useVersionSource(workflow, version);
  const base = useVersionSource(workflow, compare ?? version);
  const error = shown.error ?? base.error;
  if (error) return <ProblemNotice error={error} during="read" />;
  if (shown.source === undefined || base.source === undefined)
    return <Skeleton height={400} radius="md" />;
  if (compare !== undefined && compare !== version) {
    const lines = diffLines(base.source, shown.source);
    const { added, removed } = diffCounts(lines);
    return (
      <Panel
        title={`v${compare} → v${version}`}
        aside={
          <span className="dim num">
            {added} added, {removed} removed
          </span>
        }
      >
        <DiffView lines={lines} />
      </Panel>
    );
  }
  const text = shown.source;
  return (
    <Panel
      title="Source"
      aside={
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button variant="subtle" size="compact-sm" color="gray" onClick={copy}>
              {copied ? "Copied" : "Copy"}
            </Button>
          )}
        </CopyButton>
      }
    >
      <Suspense fallback={<Skeleton height={400} radius="md" />}>
        <YamlView source={text} label={`Source of ${workflow.name} v${version}`} />
      </Suspense>
    </Panel>
  );
}

/** A version's source; the latest one's came with the workflow. */
export function useVersionSource(
  workflow: Workflow,
  version: number,
): { source: string | undefined; error: unknown } {
  const isLatest = version === workflow.latest.version;
  const { data, error } = trpc.workflow.readVersion.useQuery(
    { workspaceId: workflow.workspaceId, workflowId: workflow.id, version },
    { enabled: !isLatest, staleTime: Number.POSITIVE_INFINITY },
  );
  return { source: isLatest ? workflow.source : data?.source, error };
}
