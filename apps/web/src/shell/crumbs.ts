import { useEffect, useSyncExternalStore } from "react";

/** A step of the way to a page. `to` is a path within the console; the last step has none. */
export interface Crumb {
  readonly label: string;
  readonly to?: string;
}

const PRODUCT = "AIC-SOS";
let current: readonly Crumb[] = [];
const listeners = new Set<() => void>();

function show(crumbs: readonly Crumb[]): void {
  current = crumbs;
  const words = crumbs.map((crumb) => crumb.label).toReversed();
  document.title = [...words, PRODUCT].join(" · ");
  for (const tell of listeners) tell();
}

/** Says where one is: in the bar above the page and in the browser's title. */
export function useCrumbs(crumbs: readonly Crumb[]): void {
  // As text, since the crumbs are a new list at each render.
  const text = JSON.stringify(crumbs);
  useEffect(() => show(JSON.parse(text) as readonly Crumb[]), [text]);
}

export function useShownCrumbs(): readonly Crumb[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
