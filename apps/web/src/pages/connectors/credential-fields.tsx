import type { ConnectorKind } from "@aic-sos/contract/connectors";
import { PasswordInput, TextInput } from "@mantine/core";
import type { GetInputPropsReturnType } from "@mantine/form";

interface Props {
  readonly kind: ConnectorKind;
  readonly inputProps: (field: string) => GetInputPropsReturnType;
}

/** The fields of a kind's credentials. */
export function CredentialFields({ kind, inputProps }: Props) {
  if (kind === "webhook") {
    return (
      <PasswordInput
        label="Signing secret"
        description="At least 16 characters. Each call is signed with it, so that the receiver knows it is ours."
        autoComplete="off"
        {...inputProps("credentials.signingSecret")}
      />
    );
  }
  return (
    <>
      <TextInput
        label="User name"
        autoComplete="off"
        spellCheck={false}
        {...inputProps("credentials.username")}
      />
      <PasswordInput label="Password" autoComplete="off" {...inputProps("credentials.password")} />
    </>
  );
}
