import { useWorkspace } from "../../shell/workspace-context.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { LinkButton } from "../../ui/link-button.tsx";

/** A workspace with nothing in it: what to do first, as far as one may. */
export function FirstSteps() {
  const { id: workspaceId, may } = useWorkspace();
  return (
    <EmptyState
      title="This workspace is new"
      action={
        <div style={{ display: "flex", flexWrap: "wrap", gap: 8 }}>
          {may("provider_key:create") && (
            <LinkButton
              to="/w/$workspaceId/provider-keys"
              params={{ workspaceId }}
              search={{ dialog: "add" }}
              variant="default"
            >
              Add a provider key
            </LinkButton>
          )}
          {may("connector:install") && (
            <LinkButton
              to="/w/$workspaceId/connectors"
              params={{ workspaceId }}
              search={{ dialog: "install" }}
              variant="default"
            >
              Install a connector
            </LinkButton>
          )}
          {may("workflow:create") && (
            <LinkButton to="/w/$workspaceId/workflows/new" params={{ workspaceId }}>
              Write a workflow
            </LinkButton>
          )}
        </div>
      }
    >
      A workflow needs a provider key for its language model steps and a connector for what it acts
      on. Then it is written, published, and can run.
    </EmptyState>
  );
}
