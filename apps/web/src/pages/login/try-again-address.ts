import type { LoginSearch } from "../../app/page-search.ts";
import { invitationAddress, signInAddress, signInByEmail } from "../../lib/addresses.ts";

/** What may be over in a moment. After anything else the same way leads to the same end. */
const PASSING: readonly (string | undefined)[] = ["provider_unreachable", "unavailable"];

/** Where the sign-in that failed begins again, the same way; undefined where that would not help or cannot be told. */
export function tryAgainAddress(search: LoginSearch): string | undefined {
  const { error, as, invitation, tenant, email, return_to, region, provider } = search;
  if (!PASSING.includes(error)) return undefined;
  if (as === "platform") return "/auth/platform/login";
  // By the link and not by POST: whoever is signed in is asked first, as with any link to it.
  if (invitation !== undefined) return invitationAddress(invitation, provider);
  if (email !== undefined) return signInByEmail(email, return_to);
  return tenant === undefined ? undefined : signInAddress(tenant, return_to, { region, provider });
}
