import { useWorkspace } from "../../shell/workspace-context.ts";
import { Page } from "../../ui/page.tsx";
import { Attention } from "./attention.tsx";
import classes from "./overview-page.module.css";
import { LogLine } from "./log-line.tsx";
import { RecentRuns } from "./recent-runs.tsx";
import { RecentSecurity } from "./recent-security.tsx";

/** What needs me now? */
export function OverviewPage() {
  const { name, may } = useWorkspace();
  return (
    <Page
      title={name}
      lead="What needs you now, and what happened last."
      crumbs={[{ label: "Overview" }]}
    >
      <Attention />
      {may("audit_event:read") && <LogLine />}
      <div className={classes.columns} data-two={may("security_event:read") || undefined}>
        {may("run:read") && <RecentRuns />}
        {may("security_event:read") && <RecentSecurity />}
      </div>
    </Page>
  );
}
