import type { Run } from "@aic-sos/contract/runs";
import { RUN_STATE_WORDS } from "../../lib/words.ts";
import type { Column } from "../../ui/data-table.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { ShortId } from "../../ui/short-id.tsx";
import { StateMark } from "../../ui/state-mark.tsx";
import { StepMeter } from "../../ui/step-meter.tsx";
import { RunLength } from "./run-length.tsx";
import { RunLink } from "./run-link.tsx";

export const RUN_COLUMNS: readonly Column<Run>[] = [
  {
    key: "state",
    header: "State",
    width: "184px",
    cell: (run) => <StateMark state={run.state} words={RUN_STATE_WORDS[run.state]} />,
  },
  { key: "workflow", header: "Workflow", phone: "title", cell: (run) => <RunLink run={run} /> },
  {
    key: "steps",
    header: "Steps",
    width: "152px",
    cell: (run) => <StepMeter done={run.stepsDone} total={run.stepsTotal} state={run.state} />,
  },
  {
    key: "by",
    header: "Started by",
    width: "168px",
    cell: (run) => (
      <span>
        {run.requestedByName}
        {run.trigger === "api" && <span className="faint"> · API</span>}
      </span>
    ),
  },
  {
    key: "length",
    header: "Took",
    width: "104px",
    align: "right",
    phone: "hide",
    cell: (run) => <RunLength run={run} />,
  },
  {
    key: "created",
    header: "Asked for",
    width: "120px",
    align: "right",
    cell: (run) => <RelativeTime instant={run.createdAt} />,
  },
  {
    key: "id",
    header: "Id",
    width: "104px",
    phone: "hide",
    cell: (run) => <ShortId id={run.id} of="run" />,
  },
];
