import { Skeleton } from "@mantine/core";
import shell from "./shell.module.css";

const ROWS = [132, 88, 104, 96, 120, 92, 110];

/** The shell in the shape of what comes. */
export function ShellSkeleton() {
  return (
    <div className={shell.shell} aria-busy aria-label="Opening the console">
      <aside className={shell.side}>
        <div style={{ display: "grid", gap: 18, padding: 16 }}>
          <Skeleton height={36} radius="sm" />
          {ROWS.map((width) => (
            <Skeleton key={width} height={12} width={width} radius="sm" />
          ))}
        </div>
      </aside>
      <div style={{ padding: 72, display: "grid", gap: 20, alignContent: "start" }}>
        <Skeleton height={22} width={220} radius="sm" />
        {ROWS.map((width) => (
          <Skeleton key={width} height={12} radius="sm" />
        ))}
      </div>
    </div>
  );
}
