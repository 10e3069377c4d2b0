import type { Workflow } from "@aic-sos/contract/workflows";
import { Select, Stack, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import { problemOf } from "../../api/problem-of.ts";
import { trpc } from "../../api/trpc.ts";
import { formErrors } from "../../lib/form-errors.ts";
import { parseInputs } from "../../lib/run-inputs.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { FormButtons } from "../../ui/form-buttons.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { Dialog } from "../../ui/dialog.tsx";

const FIELDS = ["inputs", "environment"];

interface Props {
  readonly workflow: Workflow;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Starts a run of what is published. The server checks the inputs against the definition. */
export function RunDialog({ workflow, opened, onClose }: Props) {
  const { id: workspaceId, dataMode } = useWorkspace();
  const navigate = useNavigate();
  const utils = trpc.useUtils();
  const create = trpc.run.create.useMutation({
    onSuccess: async (run) => {
      await utils.run.list.invalidate();
      close();
      await navigate({ to: "/w/$workspaceId/runs/$runId", params: { workspaceId, runId: run.id } });
    },
    onError: (error) => form.setErrors(formErrors(problemOf(error), FIELDS).fields),
  });
  const environments = workflow.publications.map((publication) => publication.environment);
  const form = useForm({
    initialValues: {
      environment: environments.includes("prod") ? "prod" : (environments[0] ?? "prod"),
      inputs: "{}",
    },
    validate: { inputs: (text) => parseInputs(text).error ?? null },
  });
  const close = () => {
    form.reset();
    create.reset();
    onClose();
  };
  const version = workflow.publications.find(
    ({ environment }) => environment === form.values.environment,
  )?.version;
  return (
    <Dialog opened={opened} onClose={close} title={`Start ${workflow.name} v${version ?? "?"}`}>
      <form
        onSubmit={form.onSubmit(({ environment, inputs }) =>
          create.mutate({
            workspaceId,
            workflowId: workflow.id,
            environment,
            inputs: parseInputs(inputs).inputs ?? {},
          }),
        )}
      >
        <Stack gap={16}>
          <Select
            label="Environment"
            data={environments}
            allowDeselect={false}
            {...form.getInputProps("environment")}
          />
          <Textarea
            label="Inputs, as JSON"
            description={
              dataMode === "full"
                ? "Inputs of class content are sealed and stored with the run."
                : "This workspace keeps metadata only: inputs of class content are refused."
            }
            autosize
            minRows={5}
            maxRows={16}
            spellCheck={false}
            data-autofocus
            styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 12 } }}
            {...form.getInputProps("inputs")}
          />
          <FormProblem error={create.error} fields={FIELDS} />
          <FormButtons onCancel={close} pending={create.isPending}>
            Start run
          </FormButtons>
        </Stack>
      </form>
    </Dialog>
  );
}
