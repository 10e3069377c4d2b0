import { invitationAddress } from "../../lib/addresses.ts";

/** Goes on with an invitation, at a click: by POST, so that no link of another site can. */
export async function acceptInvitation(token: string, provider?: string): Promise<void> {
  window.location.assign(await begin(invitationAddress(token, provider)));
}

async function begin(address: string): Promise<string> {
  try {
    const answer = await fetch(address, {
      method: "POST",
      headers: { accept: "application/json" },
    });
    if (answer.status === 429) return "/login?error=rate_limited";
    const body: unknown = await answer.json();
    const named =
      typeof body === "object" && body !== null && "location" in body ? body.location : undefined;
    return answer.ok && typeof named === "string" ? named : "/login?error=unavailable";
  } catch {
    return "/login?error=unavailable";
  }
}
