const KEY = "aic-sos-last-tenant";

/** The tenant that was signed in to last with this browser, when it still knows. */
export function lastTenant(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function rememberTenant(slug: string): void {
  try {
    localStorage.setItem(KEY, slug);
  } catch {
    // Storage may be switched off; then the name is typed again next time.
  }
}
