import { DATA_MODES, type DataMode } from "@aic-sos/contract/data-modes";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { ToneChip } from "../../ui/tone-chip.tsx";
import { ChangeDataModeDialog } from "./change-data-mode-dialog.tsx";
import { DATA_MODE_MEANS, DATA_MODE_TITLES } from "./data-mode-words.ts";
import classes from "./data-mode-setting.module.css";

/** Both modes with what each of them means; changing says its consequence first. */
export function DataModeSetting() {
  const { dataMode, region, may } = useWorkspace();
  const [wanted, setWanted] = useState<DataMode | null>(null);
  return (
    <div className={classes.modes}>
      {DATA_MODES.map((mode) => {
        const isOn = mode === dataMode;
        return (
          <section
            key={mode}
            className={classes.mode}
            data-on={isOn || undefined}
            data-mode={mode}
            aria-label={DATA_MODE_TITLES[mode]}
          >
            <header className={classes.head}>
              <h3>{DATA_MODE_TITLES[mode]}</h3>
              {isOn ? (
                <ToneChip tone={mode === "full" ? "attention" : "accent"}>In force</ToneChip>
              ) : may("data_mode:update") ? (
                <Button variant="default" size="compact-sm" onClick={() => setWanted(mode)}>
                  Change to {DATA_MODE_TITLES[mode].toLowerCase()}
                </Button>
              ) : null}
            </header>
            <ul>
              {DATA_MODE_MEANS[mode](region).map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </section>
        );
      })}
      {!may("data_mode:update") && <div className="dim">A workspace admin can change this.</div>}
      {wanted !== null && <ChangeDataModeDialog to={wanted} onClose={() => setWanted(null)} />}
    </div>
  );
}
