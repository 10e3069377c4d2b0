import { Button } from "@mantine/core";
import { Download } from "lucide-react";
import { alsoExported, exportPlace } from "../../lib/export-place.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { LogFacts } from "./log-facts.tsx";
import type { AuditScope } from "./use-audit-scope.ts";

/** How far the log is sealed and signed, and the way to take it away as evidence. */
export function LogStatus({ scope }: { scope: AuditScope }) {
  const { id: workspaceId, me, may } = useWorkspace();
  const places = placesOf(scope, alsoExported(me, workspaceId).length);
  return (
    <div
      className="dim"
      style={{ display: "flex", flexWrap: "wrap", gap: "4px 16px", alignItems: "center" }}
    >
      <LogFacts scope={scope} />
      {may("audit_event:export") &&
        places.map(({ place, label }) => (
          <Button
            key={place}
            component="a"
            href={`/api/audit/export?${exportPlace(me, place, workspaceId)}`}
            download={`audit-log-of-${me.tenant.slug}.ndjson`}
            variant="default"
            size="compact-sm"
            leftSection={<Download size={14} aria-hidden />}
          >
            {label}
          </Button>
        ))}
    </div>
  );
}

/** What can be taken away: what is looked at, and for who audits several workspaces all of those at once. */
function placesOf({ place, mayChoose }: AuditScope, others: number) {
  const here = { place, label: "Export evidence" } as const;
  if (mayChoose || others === 0) return [here];
  return [here, { place: "mine", label: `Export from all ${others + 1} workspaces` } as const];
}
