import { Link } from "@tanstack/react-router";
import { CircleAlert, CircleDot, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { rowLink } from "../../ui/data-table.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import type { AttentionItem, AttentionLink } from "./attention-items.ts";
import classes from "./attention.module.css";

const ICONS = { harm: CircleAlert, attention: TriangleAlert, plain: CircleDot } as const;

/** One thing that needs somebody; the whole row leads to where it can be mended. */
export function AttentionRow({ item }: { item: AttentionItem }) {
  const Icon = ICONS[item.tone];
  return (
    <li className={classes.item} data-tone={item.tone}>
      <Icon size={16} aria-hidden className={classes.icon} />
      <span className={classes.words}>
        <ItemLink link={item.link}>{item.title}</ItemLink>
        <span className="dim">, {item.detail}</span>
      </span>
      <span className={classes.when}>
        <RelativeTime instant={item.instant} />
      </span>
    </li>
  );
}

function ItemLink({ link, children }: { link: AttentionLink; children: ReactNode }) {
  const { id: workspaceId } = useWorkspace();
  const props = { ...rowLink, children };
  switch (link.page) {
    case "run":
      return (
        <Link
          to="/w/$workspaceId/runs/$runId"
          params={{ workspaceId, runId: link.id }}
          {...props}
        />
      );
    case "workflow":
      return (
        <Link
          to="/w/$workspaceId/workflows/$workflowId"
          params={{ workspaceId, workflowId: link.id }}
          {...props}
        />
      );
    case "connector":
      return (
        <Link
          to="/w/$workspaceId/connectors"
          params={{ workspaceId }}
          search={{ replace: link.id }}
          {...props}
        />
      );
    case "keys":
      return <Link to="/w/$workspaceId/provider-keys" params={{ workspaceId }} {...props} />;
    case "queue":
      return (
        <Link
          to="/w/$workspaceId/runs"
          params={{ workspaceId }}
          search={{ state: "queued" }}
          {...props}
        />
      );
  }
}
