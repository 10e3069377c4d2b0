import type { RunDetail } from "@aic-sos/contract/runs";
import { Facts } from "../../ui/facts.tsx";

/** Inputs of class metadata. Content is kept sealed, or not at all, and never shown here. */
export function RunInputs({ run }: { run: RunDetail }) {
  const entries = Object.entries(run.inputs);
  return (
    <div style={{ maxWidth: 720 }}>
      {entries.length > 0 && (
        <Facts
          facts={entries.map(([name, value]) => [
            name,
            <span key={name} className="mono">
              {typeof value === "string" ? value : JSON.stringify(value)}
            </span>,
          ])}
        />
      )}
      <div className="dim" style={{ marginTop: 8 }}>
        {run.contentKept
          ? "Inputs of class content are sealed and stored with this run; they are not shown here."
          : "Only inputs of class metadata are stored: this workspace keeps no content."}
      </div>
    </div>
  );
}
