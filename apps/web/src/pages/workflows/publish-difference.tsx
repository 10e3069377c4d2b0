import type { Workflow } from "@aic-sos/contract/workflows";
import { Skeleton } from "@mantine/core";
import { diffCounts, diffLines } from "../../lib/diff-lines.ts";
import { counted } from "../../lib/words.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { DiffView } from "./diff-view.tsx";
import { useVersionSource } from "./version-source.tsx";

interface Props {
  readonly workflow: Workflow;
  /** What is published there now. */
  readonly from: number | undefined;
  readonly to: number;
  readonly environment: string;
}

/** What a publication changes against what is published there now. */
export function PublishDifference({ workflow, from, to, environment }: Props) {
  const before = useVersionSource(workflow, from ?? to);
  const after = useVersionSource(workflow, to);
  const tier = workflow.versions.find(({ version }) => version === to)?.riskTier;
  if (from === undefined) {
    return (
      <div>
        Nothing is published to <b>{environment}</b> yet. From now on{" "}
        {tier === undefined ? "" : `this ${tier}-risk `}
        workflow can run there.
      </div>
    );
  }
  if (from === to) {
    return (
      <div>
        v{to} is what <b>{environment}</b> runs already.
      </div>
    );
  }
  const error = before.error ?? after.error;
  if (error) return <ProblemNotice error={error} during="read" />;
  if (before.source === undefined || after.source === undefined)
    return <Skeleton height={120} radius="md" />;
  const lines = diffLines(before.source, after.source);
  const { added, removed } = diffCounts(lines);
  return (
    <div>
      <div style={{ marginBottom: 8 }}>
        <b>{environment}</b> goes {to > from ? "from" : "back from"} v{from} to v{to}:{" "}
        {counted(added, "line")} added, {counted(removed, "line")} removed.
      </div>
      <DiffView lines={lines} maxHeight={320} />
    </div>
  );
}
