import { Skeleton } from "@mantine/core";
import { CircleCheck } from "lucide-react";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import classes from "./attention.module.css";
import { AttentionRow } from "./attention-row.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { useAttention } from "./use-attention.ts";

/** What needs somebody, worst first. */
export function Attention() {
  const { items, isNew, error } = useAttention();
  if (items === undefined) return <Skeleton height={120} radius="md" />;
  if (error !== null) return <ProblemNotice error={error} during="read" />;
  if (isNew) return <FirstSteps />;
  return (
    <section aria-label="Needs you">
      {items.length === 0 ? (
        <div className={classes.calm}>
          <CircleCheck size={16} aria-hidden /> Nothing needs you now.
        </div>
      ) : (
        <ul className={classes.list}>
          {items.map((item) => (
            <AttentionRow key={`${item.id} ${item.title}`} item={item} />
          ))}
        </ul>
      )}
    </section>
  );
}
