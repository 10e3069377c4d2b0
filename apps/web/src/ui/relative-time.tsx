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
        {relativeTime(instant, Math.max(now, Date.parse(instant)))}
      </time>
    </Tooltip>
  );
}
