import { useEffect } from "react";

const PATIENCE = 1200;

/** True while somebody is typing: then keys are text. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

function dialogIsOpen(): boolean {
  return document.querySelector('[role="dialog"]') !== null;
}

interface Keys {
  /** Called with the key that follows `g`. */
  readonly onGo: (key: string) => void;
  readonly onHelp: () => void;
}

/** `g` then a letter goes to a page, `?` shows the shortcuts, `j` and `k` walk through the rows. */
export function useGoKeys({ onGo, onHelp }: Keys): void {
  useEffect(() => {
    let began = 0;
    const onKey = (event: KeyboardEvent) => {
      if (
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        isTyping(event.target) ||
        dialogIsOpen()
      )
        return;
      const following = Date.now() - began < PATIENCE;
      began = 0;
      if (following) onGo(event.key);
      else if (event.key === "g") began = Date.now();
      else if (event.key === "?") onHelp();
      else if (event.key === "j" || event.key === "k") walkRows(event.key === "j" ? 1 : -1);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [onGo, onHelp]);
}

function walkRows(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>("main [data-row-link]")];
  const at = rows.findIndex((row) => row === document.activeElement);
  const next = at === -1 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1);
  rows[next]?.focus();
  rows[next]?.scrollIntoView({ block: "nearest" });
}
