import type { ClientCertificateCredential } from "@aic-sos/auth/client-certificate";
import type { Credential } from "@aic-sos/auth/credential";

/** What a request presents as proof of who it is, before anything is looked up. */
export type PresentedCredential =
  | Credential
  | { readonly kind: "none" }
  | { readonly kind: "malformed" };

/** What came along as its certificate. */
export type PresentedCertificate = ClientCertificateCredential | { readonly kind: "malformed" };
