import { CERTIFICATE_FAULTS } from "@aic-sos/auth/certificate-faults";
import { type ClientAuthorityFacts, readClientAuthority } from "@aic-sos/auth/client-authority";
import { invalidField } from "../../app-error.ts";

/** The CA in the text. Throws `invalid_input` that says why it cannot be registered. */
export function readAuthority(text: string, now: number): ClientAuthorityFacts {
  const read = readClientAuthority(text, now);
  if (read.ok) return read.authority;
  if (text.includes("PRIVATE KEY")) {
    throw invalidField(
      "certificatePem",
      "holds a private key, which must stay with the CA: send its certificate alone. Nothing of it was kept",
    );
  }
  throw invalidField(
    "certificatePem",
    read.fault === "not_one_certificate"
      ? "must be one certificate in PEM, from BEGIN CERTIFICATE to END CERTIFICATE, and nothing else"
      : CERTIFICATE_FAULTS[read.fault],
  );
}
