import type { Run } from "@aic-sos/contract/runs";
import { Link } from "@tanstack/react-router";
import { rowLink } from "../../ui/data-table.tsx";

/** A run by its workflow and version; leads to the run. */
export function RunLink({ run }: { run: Run }) {
  return (
    <>
      <Link
        to="/w/$workspaceId/runs/$runId"
        params={{ workspaceId: run.workspaceId, runId: run.id }}
        {...rowLink}
      >
        {run.workflowName}
      </Link>
      <span className="dim num">
        {" "}
        v{run.workflowVersion}
        {run.environment !== "prod" && ` · ${run.environment}`}
      </span>
    </>
  );
}
