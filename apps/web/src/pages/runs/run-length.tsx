import type { Run } from "@aic-sos/contract/runs";
import { duration } from "../../lib/relative-time.ts";
import { useNow } from "../../ui/use-now.ts";

/** How long a run took, or has been running. */
export function RunLength({ run }: { run: Pick<Run, "startedAt" | "finishedAt"> }) {
  const now = useNow();
  if (run.startedAt === null) return <span className="faint">–</span>;
  const end = run.finishedAt === null ? now : Date.parse(run.finishedAt);
  return <span className="num">{duration(Math.max(0, end - Date.parse(run.startedAt)))}</span>;
}
