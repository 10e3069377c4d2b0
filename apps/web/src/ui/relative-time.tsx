import { Tooltip } from "@mantine/core";
import { exactTime, relativeTime } from "../lib/relative-time.ts";
import { useNow } from "./use-now.ts";

/** "4 min ago"; exact with zone and UTC on hover. */
export function RelativeTime({
  instant,
  fallback = "never",
}: {
  instant: string | null;
  fallback?: string;
}) {
  const now = useNow();
  if (instant === null) return <span className="faint">{fallback}</span>;
  return (
    <Tooltip label={exactTime(instant)}>
      <time dateTime={instant} className="num" style={{ whiteSpace: "nowrap" }}>
        {relativeTime(instant, atLeast(now, instant))}
      </time>
    </Tooltip>
  );
}

/** The page's clock ticks slowly: what is a few seconds ahead of it has happened, and is no future. */
const SLACK = 30_000;

function atLeast(now: number, instant: string): number {
  const then = Date.parse(instant);
  return then > now && then - now < SLACK ? then : now;
}
