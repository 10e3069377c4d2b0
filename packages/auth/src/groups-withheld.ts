/**
 * Whether a provider says that somebody's groups are elsewhere instead of naming them: more of them than it puts into a
 * token. OpenID Connect Core §5.6.2 (aggregated and distributed claims), as Microsoft Entra does beyond 200 groups
 * ("groups overage"), or `hasgroups`, its short form. Where it says they are is not asked: it would be an address out
 * of a token, and takes rights at the provider that we do not have.
 */
export function groupsWithheld(claims: Readonly<Record<string, unknown>>, name: string): boolean {
  if (claims[name] !== undefined && claims[name] !== null) return false;
  const elsewhere = claims["_claim_names"];
  if (typeof elsewhere === "object" && elsewhere !== null && Object.hasOwn(elsewhere, name)) {
    return true;
  }
  return name === "groups" && claims["hasgroups"] === true;
}
