import type { Connector } from "@aic-sos/contract/connectors";
import { CONNECTOR_CREDENTIALS } from "@aic-sos/contract/connectors";
import { Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { problemOf } from "../../api/problem-of.ts";
import { trpc } from "../../api/trpc.ts";
import { formErrors } from "../../lib/form-errors.ts";
import { schemaErrors } from "../../lib/schema-errors.ts";
import { FormButtons } from "../../ui/form-buttons.tsx";
import { CredentialFields } from "./credential-fields.tsx";
import { CREDENTIAL_FIELDS, credentialsOf, NO_CREDENTIALS } from "./credential-values.ts";
import { FormProblem } from "../../ui/form-problem.tsx";
import { Dialog } from "../../ui/dialog.tsx";

/** Puts new credentials in the place of the old ones. */
export function ReplaceCredentialsDialog({
  connector,
  onClose,
}: {
  connector: Connector;
  onClose: () => void;
}) {
  const { id: connectorId, workspaceId, kind, name } = connector;
  const utils = trpc.useUtils();
  const update = trpc.connector.updateCredentials.useMutation({
    onSuccess: async () => {
      await utils.connector.list.invalidate();
      notifications.show({ message: `The credentials of ${name} are replaced.` });
      onClose();
    },
    onError: (error) => form.setErrors(formErrors(problemOf(error), CREDENTIAL_FIELDS).fields),
  });
  const form = useForm({
    initialValues: { credentials: NO_CREDENTIALS },
    validate: ({ credentials }) => {
      const errors = schemaErrors(CONNECTOR_CREDENTIALS[kind], credentialsOf(kind, credentials));
      return Object.fromEntries(
        Object.entries(errors).map(([field, words]) => [`credentials.${field}`, words]),
      );
    },
  });
  return (
    <Dialog
      opened
      onClose={onClose}
      title={
        connector.hasCredentials
          ? `Replace the credentials of ${name}`
          : `Set the credentials of ${name}`
      }
    >
      <form
        onSubmit={form.onSubmit(({ credentials }) =>
          update.mutate({
            connectorId,
            workspaceId,
            credentials: credentialsOf(kind, credentials),
          }),
        )}
      >
        <Stack gap={16}>
          <div className="dim">
            {connector.hasCredentials
              ? "The old ones are gone at once: the next step that uses this connector takes the new ones."
              : "Steps that use this connector fail until they are set."}
          </div>
          <CredentialFields kind={kind} inputProps={(field) => form.getInputProps(field)} />
          <FormProblem error={update.error} fields={CREDENTIAL_FIELDS} />
          <FormButtons onCancel={onClose} pending={update.isPending}>
            {connector.hasCredentials ? "Replace credentials" : "Set credentials"}
          </FormButtons>
        </Stack>
      </form>
    </Dialog>
  );
}
