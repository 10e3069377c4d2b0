import { Tooltip } from "@mantine/core";
import { dataModeWords, regionLook } from "../lib/words.ts";
import { ToneChip } from "../ui/tone-chip.tsx";
import classes from "./scope-facts.module.css";
import { useWorkspace } from "./workspace-context.ts";

/** Region and data mode, in words and one colour each. Full content is amber: something is being kept. */
export function ScopeFacts() {
  const { region, dataMode } = useWorkspace();
  const { label, tone } = regionLook(region);
  return (
    <div className={classes.facts}>
      <Tooltip label={`Everything of this workspace lives in ${region} and cannot leave it`}>
        <span data-testid="region">
          <ToneChip tone={tone}>
            <b>{label}</b> {region}
          </ToneChip>
        </span>
      </Tooltip>
      <Tooltip
        label={
          dataMode === "full"
            ? "Content is sealed and stored in this region"
            : "Content is dropped at the edge; only metadata is stored"
        }
      >
        <span data-testid="data-mode">
          <ToneChip tone={dataMode === "full" ? "attention" : "plain"}>
            {dataModeWords(dataMode)}
          </ToneChip>
        </span>
      </Tooltip>
    </div>
  );
}
