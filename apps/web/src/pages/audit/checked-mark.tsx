import { CircleCheck, CircleX } from "lucide-react";
import type { ReactNode } from "react";

interface Props {
  readonly outcome: "verified" | "wrong";
  readonly children: ReactNode;
}

/** What this browser found when it checked: a tick, or an alarm. */
export function CheckedMark({ outcome, children }: Props) {
  const style = { display: "inline-flex", gap: 6, alignItems: "center" };
  if (outcome === "verified") {
    return (
      <span style={style}>
        <CircleCheck size={14} aria-hidden color="var(--accent)" style={{ flex: "none" }} />
        {children}
      </span>
    );
  }
  return (
    <span style={{ ...style, color: "var(--harm)" }} role="alert">
      <CircleX size={14} aria-hidden style={{ flex: "none" }} />
      {children}
    </span>
  );
}
