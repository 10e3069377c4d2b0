import type { Workflow } from "@aic-sos/contract/workflows";
import { Link } from "@tanstack/react-router";
import { rowLink } from "../../ui/data-table.tsx";
import { PersonName } from "../../ui/person-name.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { ToneChip } from "../../ui/tone-chip.tsx";
import classes from "./version-list.module.css";

interface Props {
  readonly workflow: Workflow;
  readonly shown: number;
  readonly compare: number | undefined;
}

/** All versions, newest first; each stays as it is for ever. */
export function VersionList({ workflow, shown, compare }: Props) {
  const params = { workspaceId: workflow.workspaceId, workflowId: workflow.id };
  const versions = workflow.versions.toSorted((one, other) => other.version - one.version);
  return (
    <ol className={classes.list} aria-label="Versions">
      {versions.map(({ id, version, createdAt, createdBy, digest }) => {
        const places = workflow.publications.filter(
          (publication) => publication.version === version,
        );
        return (
          <li key={id} className={classes.item} data-shown={version === shown || undefined}>
            <div className={classes.line}>
              <Link
                to="/w/$workspaceId/workflows/$workflowId"
                params={params}
                search={{ version }}
                {...rowLink}
                aria-current={version === shown ? "true" : undefined}
              >
                v{version}
              </Link>
              <span className="mono faint" title={digest}>
                {digest.replace(/^sha256:/, "").slice(0, 8)}
              </span>
              {places.map(({ environment }) => (
                <ToneChip key={environment} tone="accent">
                  {environment}
                </ToneChip>
              ))}
              {version !== shown && (
                <Link
                  to="/w/$workspaceId/workflows/$workflowId"
                  params={params}
                  search={{ version: shown, compare: compare === version ? undefined : version }}
                  className={classes.compare}
                >
                  {compare === version ? "stop comparing" : "compare"}
                </Link>
              )}
            </div>
            <div className={classes.by}>
              <PersonName id={createdBy} />, <RelativeTime instant={createdAt} />
            </div>
          </li>
        );
      })}
    </ol>
  );
}
