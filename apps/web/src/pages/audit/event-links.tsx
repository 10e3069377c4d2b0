import type { AuditEvent } from "@aic-sos/contract/audit-events";
import { Group } from "@mantine/core";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { LinkButton } from "../../ui/link-button.tsx";
import { useNames } from "../../ui/use-names.ts";

/** From an event to the thing it is about, and to everything else its actor did. */
export function EventLinks({ event }: { event: AuditEvent }) {
  return (
    <Group gap={8}>
      <ResourceLink event={event} />
      <ActorLink actor={event.actor} />
      <StoryLink resource={event.resource} />
    </Group>
  );
}

/** To the run or the workflow, while it is there and in this workspace. */
function ResourceLink({ event }: { event: AuditEvent }) {
  const { id: workspaceId, may } = useWorkspace();
  const { resource } = event;
  const isGone = event.type.endsWith(".deleted");
  if (resource === null || isGone || event.workspaceId !== workspaceId) return null;
  if (resource.type === "run" && may("run:read")) {
    const params = { workspaceId, runId: resource.id };
    return (
      <LinkButton to="/w/$workspaceId/runs/$runId" params={params} variant="default">
        Open the run
      </LinkButton>
    );
  }
  if (resource.type === "workflow" && may("workflow:read")) {
    const params = { workspaceId, workflowId: resource.id };
    return (
      <LinkButton to="/w/$workspaceId/workflows/$workflowId" params={params} variant="default">
        Open the workflow
      </LinkButton>
    );
  }
  return null;
}

function ActorLink({ actor }: Pick<AuditEvent, "actor">) {
  const { id: workspaceId, may, mayEverywhere } = useWorkspace();
  const names = useNames();
  if ((actor.kind !== "user" && actor.kind !== "service") || !may("audit_event:read")) return null;
  const where = mayEverywhere("audit_event:read") ? "tenant" : undefined;
  return (
    <LinkButton
      to="/w/$workspaceId/audit"
      params={{ workspaceId }}
      search={{ actor: actor.id, class: "everything", where }}
      variant="default"
    >
      Everything {names.person(actor.id) ?? "this principal"} did
    </LinkButton>
  );
}

/** To everything that is in the log about the same thing. */
function StoryLink({ resource }: Pick<AuditEvent, "resource">) {
  const { id: workspaceId, may, mayEverywhere } = useWorkspace();
  const names = useNames();
  if (resource === null || !may("audit_event:read")) return null;
  const { type, id } = resource;
  const where = mayEverywhere("audit_event:read") ? "tenant" : undefined;
  return (
    <LinkButton
      to="/w/$workspaceId/audit"
      params={{ workspaceId }}
      search={{ resource: `${type}/${id}`, class: "everything", where }}
      variant="default"
    >
      Everything about {names.thing(type, id) ?? `this ${type.replaceAll("_", " ")}`}
    </LinkButton>
  );
}
