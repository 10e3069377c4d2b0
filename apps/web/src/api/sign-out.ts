const LOGIN = "/login?reason=signed_out";
const NOT_DONE = "/login?reason=sign_out_failed";

/**
 * Ends the session here, then goes to the identity provider's own logout where the server names one. A session that had
 * ended already is signed out too.
 */
export async function signOut(): Promise<void> {
  window.location.assign(await endSession());
}

async function endSession(): Promise<string> {
  try {
    const answer = await fetch("/auth/logout", {
      method: "POST",
      headers: { accept: "application/json" },
    });
    if (answer.status === 401) return LOGIN;
    if (!answer.ok) return NOT_DONE;
    const body: unknown = await answer.json();
    const named =
      typeof body === "object" && body !== null && "redirectTo" in body
        ? body.redirectTo
        : undefined;
    return typeof named === "string" && /^https?:\/\//.test(named) ? named : LOGIN;
  } catch {
    return NOT_DONE;
  }
}
