import type { AuditEvent } from "@aic-sos/contract/audit-events";
import { getRouteApi } from "@tanstack/react-router";
import { trpc } from "../../api/trpc.ts";
import type { AuditSearch } from "../../app/page-search.ts";
import { auditQuery } from "../../lib/audit-query.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { itemsOf, ListBody } from "../../ui/list-body.tsx";
import { NotAllowed } from "../../ui/not-allowed.tsx";
import { Page } from "../../ui/page.tsx";
import { auditColumns } from "./audit-columns.tsx";
import { AuditFilters } from "./audit-filters.tsx";
import { EventDrawer } from "./event-drawer.tsx";
import { LogStatus } from "./log-status.tsx";
import { useAuditScope } from "./use-audit-scope.ts";

const route = getRouteApi("/w/$workspaceId/audit");

/** Who did what? */
export function AuditPage() {
  const { may } = useWorkspace();
  return (
    <Page
      title="Audit log"
      lead="Who did what, newest first. Every event is chained to the one before it; nothing here can be changed."
      crumbs={[{ label: "Audit log" }]}
    >
      {may("audit_event:read") ? <AuditEvents /> : <NotAllowed permission="audit_event:read" />}
    </Page>
  );
}

function AuditEvents() {
  const { class: view, event, where, ...values } = route.useSearch();
  const navigate = route.useNavigate();
  const scope = useAuditScope("audit_event:read", where, "here");
  // Who looks for an action or a decision looks among the decisions, too.
  const narrow = values.action !== undefined || values.outcome !== undefined;
  const shown = view ?? (narrow ? "everything" : "change");
  const list = trpc.audit.listEvents.useInfiniteQuery(
    {
      ...scope.input,
      class: shown === "everything" ? undefined : shown,
      ...auditQuery(values),
      limit: 30,
    },
    { trpc: scope.trpc, getNextPageParam: (page) => page.nextCursor ?? undefined },
  );
  const change = (search: AuditSearch) =>
    navigate({ search: (before) => ({ ...before, event: undefined, ...search }) });
  return (
    <>
      <LogStatus scope={scope} />
      <AuditFilters view={shown} values={values} scope={scope} onChange={change} />
      <ListBody<AuditEvent>
        label="Audit events"
        query={list}
        columns={auditColumns("audit")}
        itemKey={(item) => item.id}
        empty={
          <EmptyState title="No event like that">
            Events appear here once they are sealed, a moment after they happen. Other classes or
            fewer filters may have some.
          </EmptyState>
        }
      />
      <EventDrawer
        events={itemsOf<AuditEvent>(list)}
        eventId={event}
        scope={scope}
        onClose={() => change({ event: undefined })}
      />
    </>
  );
}
