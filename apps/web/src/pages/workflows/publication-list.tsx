import type { Workflow } from "@aic-sos/contract/workflows";
import { PersonName } from "../../ui/person-name.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { ToneChip } from "../../ui/tone-chip.tsx";
import classes from "./version-list.module.css";

/** Which version runs in which environment, since when, by whom. */
export function PublicationList({ workflow }: { workflow: Workflow }) {
  if (workflow.publications.length === 0) {
    return <div className="dim">Nowhere yet. Nothing runs until a version is published.</div>;
  }
  return (
    <ul className={classes.list}>
      {workflow.publications.map((publication) => (
        <li key={publication.environment} className={classes.item}>
          <div className={classes.line}>
            <b className="num">v{publication.version}</b>
            <ToneChip tone="accent">{publication.environment}</ToneChip>
          </div>
          <div className={classes.by}>
            <PersonName id={publication.publishedBy} />,{" "}
            <RelativeTime instant={publication.publishedAt} />
          </div>
        </li>
      ))}
    </ul>
  );
}
