import { Kbd } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { pagesFor } from "./nav-items.ts";
import classes from "./shortcuts-dialog.module.css";
import { useWorkspace } from "./workspace-context.ts";
import { Dialog } from "../ui/dialog.tsx";

let shown = false;
const listeners = new Set<() => void>();

function show(value: boolean): void {
  shown = value;
  for (const tell of listeners) tell();
}

/** Opens the list of shortcuts, from wherever. */
export function openShortcuts(): void {
  show(true);
}

const EVERYWHERE: readonly (readonly [string, readonly string[]])[] = [
  ["Find a page, a thing or an action", ["Ctrl", "K"]],
  ["Next row, row before", ["j", "k"]],
  ["Open the row", ["enter"]],
  ["Close what is open", ["esc"]],
  ["This list", ["?"]],
];

/** All shortcuts there are. */
export function ShortcutsDialog() {
  const { may } = useWorkspace();
  const opened = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
  const pages = pagesFor(may).map((page) => [`Go to ${page.label}`, ["g", page.key]] as const);
  return (
    <Dialog opened={opened} onClose={() => show(false)} title="Keyboard shortcuts" size={440}>
      <dl className={classes.list}>
        {[...EVERYWHERE, ...pages].map(([means, keys]) => (
          <div key={means} className={classes.row}>
            <dt>{means}</dt>
            <dd>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
