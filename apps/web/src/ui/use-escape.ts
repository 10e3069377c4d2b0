import { useEffect, useEffectEvent } from "react";
import { EscapeStack } from "../lib/escape-stack.ts";

const open = new EscapeStack();

// One listener for all: with one each, React has taken the topmost away before the one below is asked.
window.addEventListener(
  "keydown",
  ({ key, isComposing, target }) => {
    if (key !== "Escape" || isComposing || isTaken(target)) return;
    open.escape();
  },
  { capture: true },
);

/** An open list of choices marks its field so: Escape closes the list only. */
function isTaken(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.getAttribute("data-mantine-stop-propagation") === "true"
  );
}

/** Escape, while this is open and nothing lies over it. */
export function useEscape(opened: boolean, onEscape: () => void): void {
  const escape = useEffectEvent(onEscape);
  useEffect(() => (opened ? open.push(() => escape()) : undefined), [opened]);
}
