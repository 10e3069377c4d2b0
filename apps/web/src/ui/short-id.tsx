import { Tooltip, UnstyledButton } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { Check, Copy } from "lucide-react";
import { shortId } from "../lib/words.ts";
import classes from "./short-id.module.css";

interface Props {
  readonly id: string;
  /** What the id is of, for those who hear it: "run", "decision". */
  readonly of: string;
  /** Shows the whole text instead of its end. */
  readonly whole?: boolean;
}

/** An id: short, in mono, whole on hover, copied on click. */
export function ShortId({ id, of, whole = false }: Props) {
  const clipboard = useClipboard({ timeout: 1500 });
  const shown = whole ? id : shortId(id);
  const Icon = clipboard.copied ? Check : Copy;
  return (
    <Tooltip label={clipboard.copied ? "Copied" : <span className="mono">{id}</span>}>
      <UnstyledButton
        className={classes.id}
        onClick={() => clipboard.copy(id)}
        aria-label={`Copy ${of} id ${shown}`}
      >
        <span className={whole ? "mono clip" : "mono"}>{shown}</span>
        <Icon size={12} aria-hidden className={classes.icon} />
      </UnstyledButton>
    </Tooltip>
  );
}
