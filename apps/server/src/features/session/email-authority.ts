import type { VerifiedIdentity } from "@aic-sos/auth/verified-identity";

/** What an address that a provider vouches for is worth here. */
export interface EmailAuthority {
  /** The address where it is verified and the provider may speak for its domain: invitations are accepted by it. */
  readonly trusted: string | null;
  /** The address where the tenant has also proved its domain: it names the person whom we know by it. */
  readonly owned: string | null;
}

/**
 * A domain that the tenant gave to one provider is spoken for by that one alone: a partner's provider cannot vouch for
 * the company's own people.
 * @param proved the tenant's proved domain of the address; its provider is null where any of them may speak for it
 */
export function emailAuthority(
  identity: Pick<VerifiedIdentity, "email" | "emailVerified">,
  providerId: string | null,
  proved: { readonly identityProviderId: string | null } | null,
): EmailAuthority {
  const { email, emailVerified } = identity;
  const speaksFor =
    proved === null ||
    proved.identityProviderId === null ||
    proved.identityProviderId === providerId;
  if (email === null || !emailVerified || !speaksFor) return { trusted: null, owned: null };
  return { trusted: email, owned: proved === null ? null : email };
}
