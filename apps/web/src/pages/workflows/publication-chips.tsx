import type { WorkflowSummary } from "@aic-sos/contract/workflows";
import { ToneChip } from "../../ui/tone-chip.tsx";

/** Which version is published where, and whether a newer one waits. */
export function PublicationChips({
  workflow,
}: {
  workflow: Pick<WorkflowSummary, "publications" | "latest">;
}) {
  if (workflow.publications.length === 0) return <span className="faint">not published</span>;
  return (
    <span style={{ display: "inline-flex", flexWrap: "wrap", gap: 4, alignItems: "center" }}>
      {workflow.publications.map(({ environment, version }) => (
        <ToneChip key={environment} tone="accent">
          {environment} <span className="num">v{version}</span>
        </ToneChip>
      ))}
    </span>
  );
}
