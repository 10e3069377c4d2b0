import { useBlocker } from "@tanstack/react-router";

const QUESTION = "Leave without saving? What you have typed here will be lost.";

/** Asks before a page with unsaved text is left, within the console or out of it. */
export function useDraftGuard(unsaved: boolean): void {
  useBlocker({
    shouldBlockFn: () => unsaved && !window.confirm(QUESTION),
    enableBeforeUnload: unsaved,
  });
}
