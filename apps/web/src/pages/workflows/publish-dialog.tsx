import { PublishWorkflow, type Workflow } from "@aic-sos/contract/workflows";
import { Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { problemOf } from "../../api/problem-of.ts";
import { trpc } from "../../api/trpc.ts";
import { formErrors } from "../../lib/form-errors.ts";
import { schemaErrors } from "../../lib/schema-errors.ts";
import { FormButtons } from "../../ui/form-buttons.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { PublishDifference } from "./publish-difference.tsx";
import { Dialog } from "../../ui/dialog.tsx";

const FIELDS = ["environment"];

interface Props {
  readonly workflow: Workflow;
  readonly version: number;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Publishes one version to one environment, and says what that changes before it does. */
export function PublishDialog({ workflow, version, opened, onClose }: Props) {
  const utils = trpc.useUtils();
  const publish = trpc.workflow.publish.useMutation({
    onSuccess: async (published) => {
      await Promise.all([utils.workflow.read.invalidate(), utils.workflow.list.invalidate()]);
      notifications.show({
        message: `${workflow.name} v${published.version} is published to ${published.environment}.`,
      });
      close();
    },
    onError: (error) => form.setErrors(formErrors(problemOf(error), FIELDS).fields),
  });
  const inputOf = (values: { environment: string }) => ({
    workflowId: workflow.id,
    workspaceId: workflow.workspaceId,
    version,
    environment: values.environment,
  });
  const form = useForm({
    initialValues: { environment: "prod" },
    validate: (values) => schemaErrors(PublishWorkflow, inputOf(values)),
  });
  const close = () => {
    form.reset();
    publish.reset();
    onClose();
  };
  const { environment } = form.values;
  const current = workflow.publications.find(
    (publication) => publication.environment === environment,
  );
  const isSame = current?.version === version;
  return (
    <Dialog
      opened={opened}
      onClose={close}
      size={680}
      title={`Publish ${workflow.name} v${version}`}
    >
      <form onSubmit={form.onSubmit((values) => publish.mutate(inputOf(values)))}>
        <Stack gap={16}>
          <TextInput
            label="Environment"
            description="Runs that name this environment use the version published to it. Runs that have begun keep theirs."
            autoComplete="off"
            spellCheck={false}
            {...form.getInputProps("environment")}
          />
          <PublishDifference
            workflow={workflow}
            from={current?.version}
            to={version}
            environment={environment}
          />
          <FormProblem error={publish.error} fields={FIELDS} />
          <FormButtons onCancel={close} pending={publish.isPending} disabled={isSame} focused>
            Publish v{version} to {environment || "…"}
          </FormButtons>
        </Stack>
      </form>
    </Dialog>
  );
}
