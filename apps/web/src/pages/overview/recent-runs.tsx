import type { Run } from "@aic-sos/contract/runs";
import { Link } from "@tanstack/react-router";
import { trpc } from "../../api/trpc.ts";
import { RUN_STATE_WORDS } from "../../lib/words.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Panel } from "../../ui/panel.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { StateMark } from "../../ui/state-mark.tsx";
import { StepMeter } from "../../ui/step-meter.tsx";
import { RunLink } from "../runs/run-link.tsx";

const COLUMNS: readonly Column<Run>[] = [
  { key: "workflow", header: "Workflow", phone: "title", cell: (run) => <RunLink run={run} /> },
  {
    key: "state",
    header: "State",
    width: "180px",
    cell: (run) => <StateMark state={run.state} words={RUN_STATE_WORDS[run.state]} />,
  },
  {
    key: "steps",
    header: "Steps",
    width: "160px",
    cell: (run) => <StepMeter done={run.stepsDone} total={run.stepsTotal} state={run.state} />,
  },
  {
    key: "created",
    header: "Asked for",
    width: "104px",
    align: "right",
    cell: (run) => <RelativeTime instant={run.createdAt} />,
  },
];

/** The last few runs. */
export function RecentRuns() {
  const { id: workspaceId } = useWorkspace();
  const { data, error, refetch } = trpc.run.list.useQuery({ workspaceId, limit: 8 });
  return (
    <Panel
      title="Latest runs"
      aside={
        <Link to="/w/$workspaceId/runs" params={{ workspaceId }} className="link">
          All runs
        </Link>
      }
    >
      {error ? (
        <ProblemNotice error={error} during="read" onRetry={() => refetch()} />
      ) : data?.items.length === 0 ? (
        <div className="dim">Nothing has run yet.</div>
      ) : (
        <DataTable
          label="Latest runs"
          columns={COLUMNS}
          items={data?.items}
          itemKey={(run) => run.id}
        />
      )}
    </Panel>
  );
}
