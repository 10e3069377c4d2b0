import type { ConnectorKind } from "@aic-sos/contract/connectors";

/** The credentials of every kind; a form shows those of one. */
export interface CredentialValues {
  username: string;
  password: string;
  signingSecret: string;
}

export const NO_CREDENTIALS: CredentialValues = { username: "", password: "", signingSecret: "" };
export const CREDENTIAL_FIELDS = [
  "credentials.username",
  "credentials.password",
  "credentials.signingSecret",
];

/** Only what the kind authenticates with. */
export function credentialsOf(
  kind: ConnectorKind,
  { username, password, signingSecret }: CredentialValues,
) {
  return kind === "servicenow" ? { username, password } : { signingSecret };
}

/** True when nothing was typed: the credentials come later. */
export function isEmpty(values: CredentialValues): boolean {
  return values.username === "" && values.password === "" && values.signingSecret === "";
}
