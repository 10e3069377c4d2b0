import type { RunDetail } from "@aic-sos/contract/runs";
import { FINISHED_RUN_STATES } from "@aic-sos/contract/runs";
import { Skeleton } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { trpc } from "../../api/trpc.ts";
import { RUN_STATE_WORDS, shortId } from "../../lib/words.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { Facts } from "../../ui/facts.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { ShortId } from "../../ui/short-id.tsx";
import { StateMark } from "../../ui/state-mark.tsx";
import { DeleteRun } from "./delete-run.tsx";
import { RunInputs } from "./run-inputs.tsx";
import { RunLength } from "./run-length.tsx";
import { StepTimeline } from "./step-timeline.tsx";

const route = getRouteApi("/w/$workspaceId/runs/$runId");
const POLL = 5000;

const isFinished = (run: RunDetail) => FINISHED_RUN_STATES.includes(run.state);

/** One run: its state, its steps along time, what it was given. */
export function RunPage() {
  const { id: workspaceId, may } = useWorkspace();
  const { runId } = route.useParams();
  const {
    data: run,
    error,
    refetch,
  } = trpc.run.read.useQuery(
    { workspaceId, runId },
    {
      refetchInterval: (query) => (query.state.data && isFinished(query.state.data) ? false : POLL),
    },
  );
  const crumbs = [
    { label: "Runs", to: `/w/${workspaceId}/runs` },
    { label: run ? `${run.workflowName} ${shortId(runId)}` : shortId(runId) },
  ];
  if (!run) {
    return (
      <Page title="Run" crumbs={crumbs}>
        {error ? (
          <ProblemNotice error={error} during="read" onRetry={() => refetch()} />
        ) : (
          <Skeleton height={240} radius="md" />
        )}
      </Page>
    );
  }
  return (
    <Page
      title={
        <Link
          to="/w/$workspaceId/workflows/$workflowId"
          params={{ workspaceId, workflowId: run.workflowId }}
          search={{ version: run.workflowVersion }}
          className="quiet"
        >
          {run.workflowName} <span className="dim num">v{run.workflowVersion}</span>
        </Link>
      }
      lead={<StateSentence run={run} />}
      crumbs={crumbs}
      actions={may("run:delete") && isFinished(run) ? <DeleteRun run={run} /> : undefined}
    >
      <Facts
        layout="strip"
        facts={[
          ["State", <StateMark key="s" state={run.state} words={RUN_STATE_WORDS[run.state]} />],
          ["Environment", run.environment],
          [
            "Started by",
            run.trigger === "api" ? `${run.requestedByName} (API)` : run.requestedByName,
          ],
          ["Asked for", <RelativeTime key="c" instant={run.createdAt} />],
          ["Began", <RelativeTime key="b" instant={run.startedAt} fallback="not yet" />],
          ["Took", <RunLength key="l" run={run} />],
          ["Id", <ShortId key="i" id={run.id} of="run" />],
        ]}
      />
      <Panel
        title="Steps"
        aside={
          <span className="dim num">
            {run.stepsDone} of {run.stepsTotal} done
          </span>
        }
      >
        <StepTimeline run={run} />
      </Panel>
      <Panel title="Inputs">
        <RunInputs run={run} />
      </Panel>
    </Page>
  );
}

function StateSentence({ run }: { run: RunDetail }) {
  const failed = run.steps.filter((step) => step.state === "failed").map((step) => step.stepId);
  const waiting = run.steps.filter((step) => step.state === "waiting").map((step) => step.stepId);
  if (run.state === "queued") return <>Waits for an agent to take it. Nothing has been done yet.</>;
  if (run.state === "failed") return <>Failed{failed.length > 0 && ` at ${failed.join(", ")}`}.</>;
  if (run.state === "waiting_for_approval")
    return <>Waits for a decision{waiting.length > 0 && ` at ${waiting.join(", ")}`}.</>;
  if (run.state === "running") return <>Running.</>;
  return <>{RUN_STATE_WORDS[run.state]}. It never changes again.</>;
}
