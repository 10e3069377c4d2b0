import type { ProviderKey } from "@aic-sos/contract/provider-keys";
import { CircleAlert, CircleCheck, CircleDashed, CircleX, type LucideIcon } from "lucide-react";
import { RelativeTime } from "../../ui/relative-time.tsx";
import classes from "./key-health.module.css";

const LOOKS: Readonly<Record<ProviderKey["health"], { icon: LucideIcon; words: string }>> = {
  valid: { icon: CircleCheck, words: "Works" },
  invalid: { icon: CircleX, words: "Refused" },
  unreachable: { icon: CircleAlert, words: "Not reached" },
  unknown: { icon: CircleDashed, words: "Never tried" },
};

/** What the last try of a key said, and when it was. */
export function KeyHealth({
  providerKey,
}: {
  providerKey: Pick<ProviderKey, "health" | "checkedAt">;
}) {
  const { icon: Icon, words } = LOOKS[providerKey.health];
  return (
    <span className={classes.health} data-health={providerKey.health}>
      <Icon size={15} strokeWidth={2.25} aria-hidden />
      <span>{words}</span>
      {providerKey.checkedAt !== null && (
        <span className="faint">
          · <RelativeTime instant={providerKey.checkedAt} />
        </span>
      )}
    </span>
  );
}
