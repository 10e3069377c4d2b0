const KEY = "aic-sos-last-workspace";

/** The workspace that this browser had open last, when it still knows. */
export function lastWorkspace(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function rememberWorkspace(id: string): void {
  try {
    localStorage.setItem(KEY, id);
  } catch {
    // Storage may be switched off; then the first workspace opens next time.
  }
}
