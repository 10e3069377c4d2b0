import {
  Ban,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CirclePause,
  CircleX,
  Clock3,
  type LucideIcon,
  SkipForward,
} from "lucide-react";
import classes from "./state-mark.module.css";

type Look = {
  icon: LucideIcon;
  tone: "faint" | "accent" | "attention" | "harm";
  turning?: boolean;
};

const LOOKS: Readonly<Record<string, Look>> = {
  queued: { icon: Clock3, tone: "faint" },
  pending: { icon: CircleDashed, tone: "faint" },
  running: { icon: CircleDot, tone: "accent", turning: true },
  waiting_for_approval: { icon: CirclePause, tone: "attention" },
  waiting: { icon: CirclePause, tone: "attention" },
  succeeded: { icon: CircleCheck, tone: "accent" },
  failed: { icon: CircleX, tone: "harm" },
  cancelled: { icon: Ban, tone: "faint" },
  skipped: { icon: SkipForward, tone: "faint" },
};

const UNKNOWN: Look = { icon: CircleDashed, tone: "faint" };

/** A state as a mark and a word. */
export function StateMark({ state, words }: { state: string; words: string }) {
  const { icon: Icon, tone, turning } = LOOKS[state] ?? UNKNOWN;
  return (
    <span className={classes.mark} data-tone={tone}>
      <Icon size={15} strokeWidth={2.25} aria-hidden className={turning ? classes.turning : ""} />
      <span>{words}</span>
    </span>
  );
}
