import type { AuditEvent } from "@aic-sos/contract/audit-events";
import { Button } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { X } from "lucide-react";
import { trpc } from "../../api/trpc.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FilterChips } from "../../ui/filter-chips.tsx";
import { itemsOf, ListBody } from "../../ui/list-body.tsx";
import { NotAllowed } from "../../ui/not-allowed.tsx";
import { Page } from "../../ui/page.tsx";
import { useNames } from "../../ui/use-names.ts";
import { auditColumns } from "./audit-columns.tsx";
import { EventDrawer } from "./event-drawer.tsx";

const route = getRouteApi("/w/$workspaceId/audit");

const VIEWS = [
  { value: "change", label: "Changes" },
  { value: "decision", label: "Decisions" },
  { value: "security", label: "Security" },
  { value: "everything", label: "Everything" },
] as const;

/** Who did what? */
export function AuditPage() {
  const { id: workspaceId, may } = useWorkspace();
  const { class: view, actor, event } = route.useSearch();
  const navigate = route.useNavigate();
  const names = useNames();
  const shown = view ?? "change";
  const list = trpc.audit.listEvents.useInfiniteQuery(
    { workspaceId, class: shown === "everything" ? undefined : shown, actorId: actor, limit: 30 },
    { enabled: may("audit:read"), getNextPageParam: (page) => page.nextCursor ?? undefined },
  );
  return (
    <Page
      title="Audit log"
      lead="Who did what, newest first. Every event is chained to the one before it; nothing here can be changed."
      crumbs={[{ label: "Audit log" }]}
    >
      {may("audit:read") ? (
        <>
          <div style={{ display: "flex", flexWrap: "wrap", gap: 8 }}>
            <FilterChips
              label="Class"
              value={shown}
              choices={VIEWS}
              onChange={(value) =>
                navigate({
                  search: (before) => ({
                    ...before,
                    event: undefined,
                    class: value === "change" ? undefined : value,
                  }),
                })
              }
            />
            {actor !== undefined && (
              <Button
                variant="default"
                size="compact-sm"
                rightSection={<X size={12} aria-hidden />}
                onClick={() => navigate({ search: (before) => ({ ...before, actor: undefined }) })}
              >
                by {names.person(actor) ?? "one principal"}
              </Button>
            )}
          </div>
          <ListBody<AuditEvent>
            label="Audit events"
            query={list}
            columns={auditColumns("audit")}
            itemKey={(item) => item.id}
            empty={
              <EmptyState title="No event like that">
                Events appear here once they are sealed, a moment after they happen. Other classes
                may have some.
              </EmptyState>
            }
          />
          <EventDrawer
            events={itemsOf<AuditEvent>(list)}
            eventId={event}
            onClose={() => navigate({ search: (before) => ({ ...before, event: undefined }) })}
          />
        </>
      ) : (
        <NotAllowed permission="audit:read" />
      )}
    </Page>
  );
}
