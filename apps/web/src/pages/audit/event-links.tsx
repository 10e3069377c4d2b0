import type { AuditEvent } from "@aic-sos/contract/audit-events";
import { Group } from "@mantine/core";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { LinkButton } from "../../ui/link-button.tsx";
import { useNames } from "../../ui/use-names.ts";

/** From an event to the thing it is about, and to everything else its actor did. */
export function EventLinks({ event }: { event: AuditEvent }) {
  const { id: workspaceId, may, mayEverywhere } = useWorkspace();
  const names = useNames();
  const { actor, resource } = event;
  const isHere = event.workspaceId === workspaceId;
  return (
    <Group gap={8}>
      {isHere && resource?.type === "run" && event.type !== "run.deleted" && may("run:read") && (
        <LinkButton
          to="/w/$workspaceId/runs/$runId"
          params={{ workspaceId, runId: resource.id }}
          variant="default"
        >
          Open the run
        </LinkButton>
      )}
      {isHere &&
        resource?.type === "workflow" &&
        event.type !== "workflow.deleted" &&
        may("workflow:read") && (
          <LinkButton
            to="/w/$workspaceId/workflows/$workflowId"
            params={{ workspaceId, workflowId: resource.id }}
            variant="default"
          >
            Open the workflow
          </LinkButton>
        )}
      {(actor.kind === "user" || actor.kind === "service") && may("audit:read") && (
        <LinkButton
          to="/w/$workspaceId/audit"
          params={{ workspaceId }}
          search={{
            actor: actor.id,
            class: "everything",
            where: mayEverywhere("audit:read") ? "tenant" : undefined,
          }}
          variant="default"
        >
          Everything {names.person(actor.id) ?? "this principal"} did
        </LinkButton>
      )}
    </Group>
  );
}
