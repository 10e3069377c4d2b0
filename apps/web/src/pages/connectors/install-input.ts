import type { ConnectorKind } from "@aic-sos/contract/connectors";
import { type CredentialValues, isEmpty } from "./credential-values.ts";

export interface InstallValues {
  kind: ConnectorKind;
  name: string;
  config: { instanceUrl: string; url: string };
  credentials: CredentialValues;
}

/** What the form says, in the shape of its kind; credentials left empty are left out. */
export function installInput(
  { kind, name, config, credentials }: InstallValues,
  workspaceId: string,
) {
  const later = isEmpty(credentials);
  const { username, password, signingSecret } = credentials;
  if (kind === "servicenow") {
    return {
      kind,
      name,
      workspaceId,
      config: { instanceUrl: config.instanceUrl },
      ...(later ? {} : { credentials: { username, password } }),
    };
  }
  return {
    kind,
    name,
    workspaceId,
    config: { url: config.url },
    ...(later ? {} : { credentials: { signingSecret } }),
  };
}
