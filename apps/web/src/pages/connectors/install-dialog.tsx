import {
  CONNECTOR_KINDS,
  type ConnectorKind,
  InstallConnector,
} from "@aic-sos/contract/connectors";
import { Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { problemOf } from "../../api/problem-of.ts";
import { trpc } from "../../api/trpc.ts";
import { formErrors } from "../../lib/form-errors.ts";
import { schemaErrors } from "../../lib/schema-errors.ts";
import { CONNECTOR_WORDS } from "../../lib/words.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { FormButtons } from "../../ui/form-buttons.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { CredentialFields } from "./credential-fields.tsx";
import { CREDENTIAL_FIELDS, NO_CREDENTIALS } from "./credential-values.ts";
import { installInput, type InstallValues } from "./install-input.ts";
import { Dialog } from "../../ui/dialog.tsx";

const FIELDS = ["kind", "name", "config.instanceUrl", "config.url", ...CREDENTIAL_FIELDS];
const CHOICES = CONNECTOR_KINDS.map((value) => ({ value, label: CONNECTOR_WORDS[value] }));
const FIRST: InstallValues = {
  kind: "servicenow",
  name: "",
  config: { instanceUrl: "", url: "" },
  credentials: NO_CREDENTIALS,
};

/** Installs a connector, with its credentials or before they are known. */
export function InstallDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { id: workspaceId } = useWorkspace();
  const utils = trpc.useUtils();
  const install = trpc.connector.install.useMutation({
    onSuccess: async (connector) => {
      await utils.connector.list.invalidate();
      notifications.show({ message: `${connector.name} is installed.` });
      close();
    },
    onError: (error) => form.setErrors(formErrors(problemOf(error), FIELDS).fields),
  });
  const form = useForm<InstallValues>({
    initialValues: FIRST,
    validate: (values) => schemaErrors(InstallConnector, installInput(values, workspaceId)),
  });
  const close = () => {
    form.reset();
    install.reset();
    onClose();
  };
  const kind: ConnectorKind = form.values.kind;
  return (
    <Dialog opened={opened} onClose={close} title="Install connector">
      <form onSubmit={form.onSubmit((values) => install.mutate(installInput(values, workspaceId)))}>
        <Stack gap={16}>
          <Select
            label="Kind"
            data={CHOICES}
            allowDeselect={false}
            {...form.getInputProps("kind")}
          />
          <TextInput
            label="Name"
            description="Steps refer to the connector by this name."
            autoComplete="off"
            data-autofocus
            {...form.getInputProps("name")}
          />
          {kind === "servicenow" ? (
            <TextInput
              label="Instance"
              placeholder="https://your-company.service-now.com"
              spellCheck={false}
              {...form.getInputProps("config.instanceUrl")}
            />
          ) : (
            <TextInput
              label="Address"
              placeholder="https://hooks.your-company.com/itsm"
              spellCheck={false}
              {...form.getInputProps("config.url")}
            />
          )}
          <CredentialFields kind={kind} inputProps={(field) => form.getInputProps(field)} />
          <div className="dim">
            Credentials may be left empty and set later; steps fail until they are there.
          </div>
          <FormProblem error={install.error} fields={FIELDS} />
          <FormButtons onCancel={close} pending={install.isPending}>
            Install
          </FormButtons>
        </Stack>
      </form>
    </Dialog>
  );
}
