import type { LoginReason } from "../../app/page-search.ts";

export const LOGIN_REASON_WORDS: Readonly<Record<LoginReason, string>> = {
  ended: "Your session has ended. Sign in again and you come back to where you were.",
  signed_out: "You are signed out.",
  sign_out_failed:
    "Signing out did not reach the server, so the session may still be alive. Sign in and sign out again.",
};

/** What signing in can fail with, as codes of the server; whatever else happens is said in general. */
const LOGIN_ERRORS: Readonly<Record<string, string>> = {
  tenant_unknown:
    "There is no organisation of that name here. Its short name is in your invitation.",
  domain_unknown:
    "No organisation here has that address’s domain. Use your organisation’s short name; it is in your invitation.",
  platform_login_off: "Platform administrators do not sign in here.",
  provider_changed: "How your organisation signs in has changed meanwhile. Start again.",
  rate_limited: "There were too many sign-ins from here. Wait a minute and try again.",
  no_access:
    "Your identity provider knows you, but nothing gives you a role here: no invitation and no rule. Ask a workspace admin.",
  groups_withheld:
    "You are in more groups than your identity provider names, so your role here is not known. Ask whoever runs it to send this application only the groups that are assigned to it.",
  email_not_verified:
    "Your identity provider does not vouch for your email address, so the invitation cannot be used.",
  invitation_invalid:
    "This invitation has been used, has ended or was taken back. Ask for a new one.",
  expired: "Signing in took too long. Start again.",
  state_mismatch: "This sign-in was begun in another tab or browser. Start again.",
  callback_invalid: "The way back from the identity provider was not in order. Start again.",
  provider_refused: "The identity provider refused the sign-in.",
  provider_not_allowed:
    "The identity provider’s address cannot be used from here. Tell whoever runs it.",
  provider_unreachable: "The identity provider does not answer. Try again in a moment.",
  unavailable: "Signing in is not possible at the moment. Try again soon.",
};

const OTHER =
  "The identity provider’s answer could not be trusted, so nobody was signed in. Tell whoever runs it.";

/** The sentence for a code out of the address. Only known words are shown, so that nobody can write here by a link. */
export function loginErrorWords(code: string): string {
  return Object.hasOwn(LOGIN_ERRORS, code) ? (LOGIN_ERRORS[code] ?? OTHER) : OTHER;
}
