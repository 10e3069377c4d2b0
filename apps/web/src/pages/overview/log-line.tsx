import { Link } from "@tanstack/react-router";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { LogFacts } from "../audit/log-facts.tsx";
import { useAuditScope } from "../audit/use-audit-scope.ts";
import classes from "./log-line.module.css";

/** Whether the audit log is whole, as far as this browser can tell. */
export function LogLine() {
  const { id: workspaceId } = useWorkspace();
  const scope = useAuditScope("audit_event:read", undefined, "here");
  return (
    <section aria-label="Audit log" className={classes.line}>
      <Link to="/w/$workspaceId/audit" params={{ workspaceId }} className="link">
        Audit log
      </Link>
      <LogFacts scope={scope} />
    </section>
  );
}
