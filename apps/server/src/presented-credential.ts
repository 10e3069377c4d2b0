import type { Credential } from "@aic-sos/auth/credential";

/** What a request presents as proof of who it is, before anything is looked up. */
export type PresentedCredential =
  | Credential
  | { readonly kind: "none" }
  | { readonly kind: "malformed" };
