import type { AuditEvent } from "@aic-sos/contract/audit-events";
import { getRouteApi } from "@tanstack/react-router";
import { trpc } from "../../api/trpc.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FilterRow } from "../../ui/filter-row.tsx";
import { itemsOf, ListBody } from "../../ui/list-body.tsx";
import { NewItemsBar } from "../../ui/new-items-bar.tsx";
import { NotAllowed } from "../../ui/not-allowed.tsx";
import { Page } from "../../ui/page.tsx";
import { WebhooksPanel } from "../webhooks/webhooks-panel.tsx";
import { auditColumns } from "./audit-columns.tsx";
import { EventDrawer } from "./event-drawer.tsx";
import { PlaceChips } from "./place-chips.tsx";
import { useAuditScope } from "./use-audit-scope.ts";

const route = getRouteApi("/w/$workspaceId/security");
const POLL = 15_000;

/** Did anyone try what they may not? */
export function SecurityPage() {
  const { may } = useWorkspace();
  return (
    <Page
      title="Security"
      lead="Attempts at what is not allowed: other regions, other tenants, refused sign-ins, denials that repeat."
      crumbs={[{ label: "Security" }]}
    >
      {may("security_event:read") ? (
        <SecurityEvents />
      ) : (
        <NotAllowed permission="security_event:read" />
      )}
      {may("webhook:read") && <WebhooksPanel />}
    </Page>
  );
}

function SecurityEvents() {
  const { event, where } = route.useSearch();
  const navigate = route.useNavigate();
  const scope = useAuditScope("security_event:read", where, "tenant");
  const input = { ...scope.input, limit: 30 };
  const list = trpc.audit.listSecurityEvents.useInfiniteQuery(input, {
    trpc: scope.trpc,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const polled = trpc.audit.listSecurityEvents.useQuery(input, {
    trpc: scope.trpc,
    refetchInterval: POLL,
  });
  return (
    <>
      {scope.mayChoose && (
        <FilterRow>
          <PlaceChips
            place={scope.place}
            onChange={(place) => navigate({ search: { where: place } })}
          />
        </FilterRow>
      )}
      <NewItemsBar
        shown={itemsOf<AuditEvent>(list)}
        polled={polled.data?.items}
        one="new event"
        onShow={() => list.refetch()}
      />
      <ListBody<AuditEvent>
        label="Security events"
        query={list}
        columns={auditColumns("security")}
        itemKey={(item) => item.id}
        empty={
          <EmptyState title="Nothing to see, and that is good">
            Nobody has reached for another region or another tenant, and no sign-in was refused.
            When it happens it shows here within seconds.
          </EmptyState>
        }
      />
      <EventDrawer
        events={itemsOf<AuditEvent>(list)}
        eventId={event}
        scope={scope}
        onClose={() => navigate({ search: (before) => ({ ...before, event: undefined }) })}
      />
    </>
  );
}
