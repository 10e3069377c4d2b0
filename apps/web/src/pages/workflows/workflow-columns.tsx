import type { WorkflowSummary } from "@aic-sos/contract/workflows";
import { Link } from "@tanstack/react-router";
import { type Column, rowLink } from "../../ui/data-table.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { RiskMark } from "../../ui/risk-mark.tsx";
import { PublicationChips } from "./publication-chips.tsx";

export const WORKFLOW_COLUMNS: readonly Column<WorkflowSummary>[] = [
  {
    key: "name",
    header: "Workflow",
    phone: "title",
    cell: (workflow) => (
      <div>
        <Link
          to="/w/$workspaceId/workflows/$workflowId"
          params={{ workspaceId: workflow.workspaceId, workflowId: workflow.id }}
          {...rowLink}
        >
          {workflow.name}
        </Link>
        <div className="faint clip" style={{ fontSize: 12, lineHeight: "16px" }}>
          {workflow.description}
        </div>
      </div>
    ),
  },
  {
    key: "published",
    header: "Published",
    width: "200px",
    cell: (workflow) => <PublicationChips workflow={workflow} />,
  },
  {
    key: "latest",
    header: "Latest",
    width: "88px",
    cell: (workflow) => <span className="num">v{workflow.latest.version}</span>,
  },
  {
    key: "risk",
    header: "Risk",
    width: "120px",
    cell: (workflow) => <RiskMark tier={workflow.latest.riskTier} />,
  },
  {
    key: "changed",
    header: "Changed",
    width: "120px",
    align: "right",
    cell: (workflow) => <RelativeTime instant={workflow.latest.createdAt} />,
  },
];
