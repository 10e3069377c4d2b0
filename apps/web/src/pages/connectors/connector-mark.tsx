import type { ConnectorKind } from "@aic-sos/contract/connectors";
import { Ticket, Webhook } from "lucide-react";
import classes from "./connector-mark.module.css";

/** A mark for the kind; the name beside it says which it is. */
export function ConnectorMark({ kind }: { kind: ConnectorKind }) {
  const Icon = kind === "servicenow" ? Ticket : Webhook;
  return (
    <span className={classes.mark} aria-hidden>
      <Icon size={16} />
    </span>
  );
}
