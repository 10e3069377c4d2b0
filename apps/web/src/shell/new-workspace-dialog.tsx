import { CreateWorkspace } from "@aic-sos/contract/workspaces";
import { Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import { problemOf } from "../api/problem-of.ts";
import { trpc } from "../api/trpc.ts";
import { formErrors } from "../lib/form-errors.ts";
import { schemaErrors } from "../lib/schema-errors.ts";
import { FormButtons } from "../ui/form-buttons.tsx";
import { FormProblem } from "../ui/form-problem.tsx";
import { useWorkspace } from "./workspace-context.ts";
import { Dialog } from "../ui/dialog.tsx";

const FIELDS = ["name"];

/** A new workspace, in the tenant's own region: there is no other choice. */
export function NewWorkspaceDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { me } = useWorkspace();
  const { region } = me.tenant;
  const navigate = useNavigate();
  const utils = trpc.useUtils();
  const create = trpc.workspace.create.useMutation({
    onSuccess: async (workspace) => {
      await utils.me.read.invalidate();
      close();
      await navigate({ to: "/w/$workspaceId", params: { workspaceId: workspace.id } });
    },
    onError: (error) => form.setErrors(formErrors(problemOf(error), FIELDS).fields),
  });
  const form = useForm({
    initialValues: { name: "" },
    validate: (values) => schemaErrors(CreateWorkspace, { ...values, region }),
  });
  const close = () => {
    form.reset();
    create.reset();
    onClose();
  };
  return (
    <Dialog opened={opened} onClose={close} title="New workspace">
      <form onSubmit={form.onSubmit((values) => create.mutate({ ...values, region }))}>
        <Stack gap={16}>
          <TextInput
            label="Name"
            data-autofocus
            autoComplete="off"
            {...form.getInputProps("name")}
          />
          <div className="dim">
            It will live in {region}, like everything of {me.tenant.name}, and keep metadata only
            until somebody changes that in its settings.
          </div>
          <FormProblem error={create.error} fields={FIELDS} />
          <FormButtons onCancel={close} pending={create.isPending}>
            Create workspace
          </FormButtons>
        </Stack>
      </form>
    </Dialog>
  );
}
