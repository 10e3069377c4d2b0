import { DisplayName, Email, safeText } from "@aic-sos/contract/text";
import { groupsWithheld } from "./groups-withheld.ts";

/** Who the provider says the person is, after every check. */
export interface VerifiedIdentity {
  /** With `subject` the key of the identity. An address is never one: providers hand addresses on to others. */
  readonly issuer: string;
  readonly subject: string;
  /** Folded to lower case; null when absent or no address. */
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly name: string | null;
  readonly groups: readonly string[];
  /** There are more groups than the provider would name, so `groups` is empty for want of an answer. */
  readonly groupsWithheld: boolean;
  /** The provider's session, for back-channel logout. */
  readonly sid: string | null;
  /** The token itself, as the hint of RP-initiated logout. Seal it before it is stored. */
  readonly idToken: string;
}

/** Where a provider puts what we read; they differ in this. */
export interface ClaimNames {
  readonly email: string;
  readonly emailVerified: string;
  readonly name: string;
  readonly groups: string;
}

export const STANDARD_CLAIMS: ClaimNames = {
  email: "email",
  emailVerified: "email_verified",
  name: "name",
  groups: "groups",
};

type Claims = Readonly<Record<string, unknown>>;

const MOST_GROUPS = 1000;
const GroupName = safeText({ min: 1, max: 256 });

/** Reads the claims of a checked ID token (with those of the userinfo answer below them). */
export function identityOfClaims(
  claims: Claims,
  token: { issuer: string; subject: string; idToken: string },
  names: ClaimNames = STANDARD_CLAIMS,
): VerifiedIdentity {
  const email = Email.safeParse(claims[names.email]).data ?? null;
  const verified = claims[names.emailVerified];
  const sid = claims["sid"];
  return {
    ...token,
    email,
    // Some large providers send the word instead of the boolean.
    emailVerified: email !== null && (verified === true || verified === "true"),
    name: DisplayName.safeParse(claims[names.name]).data ?? null,
    groups: groupsOf(claims[names.groups]),
    groupsWithheld: groupsWithheld(claims, names.groups),
    sid: typeof sid === "string" && /^[\x21-\x7e]{1,255}$/.test(sid) ? sid : null,
  };
}

/** One name or a list. What is no usable name is left out: fewer groups can only mean fewer rights. */
function groupsOf(claim: unknown): readonly string[] {
  const list: unknown[] = Array.isArray(claim) ? claim : [claim];
  const names = list.flatMap((each) => GroupName.safeParse(each).data ?? []);
  return [...new Set(names)].slice(0, MOST_GROUPS);
}
