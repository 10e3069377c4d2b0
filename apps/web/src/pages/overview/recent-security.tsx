import { Skeleton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { trpc } from "../../api/trpc.ts";
import { eventSentence } from "../../lib/event-sentence.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { rowLink } from "../../ui/data-table.tsx";
import { Panel } from "../../ui/panel.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { useNames } from "../../ui/use-names.ts";
import { EventMark } from "../audit/event-mark.tsx";
import { EventWords } from "../audit/event-words.tsx";
import { useAuditScope } from "../audit/use-audit-scope.ts";
import classes from "./recent-security.module.css";

/** The last few attempts at what is not allowed. */
export function RecentSecurity() {
  const { id: workspaceId } = useWorkspace();
  const scope = useAuditScope("security_event:read", undefined, "tenant");
  const names = useNames();
  const { data, error, refetch } = trpc.audit.listSecurityEvents.useQuery(
    { ...scope.input, limit: 6 },
    { trpc: scope.trpc },
  );
  return (
    <Panel
      title="Latest security events"
      aside={
        <Link to="/w/$workspaceId/security" params={{ workspaceId }} className="link">
          All of them
        </Link>
      }
    >
      {error ? (
        <ProblemNotice error={error} during="read" onRetry={() => refetch()} />
      ) : data === undefined ? (
        <Skeleton height={160} radius="md" />
      ) : data.items.length === 0 ? (
        <div className="dim">None. Nobody has tried what they may not.</div>
      ) : (
        <ul className={classes.list}>
          {data.items.map((event) => {
            const sentence = eventSentence(event);
            return (
              <li key={event.id} className={classes.item}>
                <EventMark tone={sentence.tone} kind={event.class} />
                <Link
                  to="/w/$workspaceId/security"
                  params={{ workspaceId }}
                  search={{ event: event.id }}
                  {...rowLink}
                  style={{ fontWeight: 400, flex: 1, minWidth: 0 }}
                >
                  <EventWords sentence={sentence} names={names} />
                </Link>
                <span className="dim">
                  <RelativeTime instant={event.time} />
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}
