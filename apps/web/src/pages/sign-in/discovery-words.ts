import type { Discovery } from "@aic-sos/contract/identity-providers";

/** What reading a provider's metadata found, in a sentence or two. */
export function discoveryWords(discovery: Discovery): string {
  if (!discovery.usable) return discovery.means;
  const pkce =
    discovery.pkce === "advertised"
      ? "PKCE is supported"
      : "PKCE is sent, though the provider does not mention it";
  const logout = discovery.endSession ? "signing out ends its session, too" : "it has no sign-out";
  return `${pkce}; it signs with ${discovery.algorithms.join(", ")}; ${logout}.`;
}
