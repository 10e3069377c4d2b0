import { CreateWebhook, type Webhook } from "@aic-sos/contract/webhooks";
import { Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { problemOf } from "../../api/problem-of.ts";
import { trpc } from "../../api/trpc.ts";
import { formErrors } from "../../lib/form-errors.ts";
import { schemaErrors } from "../../lib/schema-errors.ts";
import { FormButtons } from "../../ui/form-buttons.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { ShownSecret } from "./shown-secret.tsx";
import { Dialog } from "../../ui/dialog.tsx";

const FIELDS = ["name", "url"];

interface Props {
  /** Null: a new one. */
  readonly webhook: Webhook | null;
  readonly onClose: () => void;
}

/** Adds or edits a webhook. The secret of a new one is shown here, and nowhere else. */
export function WebhookDialog({ webhook, onClose }: Props) {
  const utils = trpc.useUtils();
  const onError = (error: unknown) => form.setErrors(formErrors(problemOf(error), FIELDS).fields);
  const create = trpc.webhook.create.useMutation({ onError });
  const update = trpc.webhook.update.useMutation({
    onError,
    onSuccess: async () => {
      await utils.webhook.list.invalidate();
      onClose();
    },
  });
  const { error, isPending } = webhook === null ? create : update;
  const form = useForm({
    initialValues: { name: webhook?.name ?? "", url: webhook?.url ?? "https://" },
    validate: (values) => schemaErrors(CreateWebhook, values),
  });
  const close = () => {
    if (create.data !== undefined) void utils.webhook.list.invalidate();
    onClose();
  };
  return (
    <Dialog
      opened
      onClose={close}
      held={create.isPending || create.data !== undefined}
      title={webhook === null ? "Add webhook" : `Edit ${webhook.name}`}
    >
      {create.data ? (
        <ShownSecret {...create.data} onClose={close} />
      ) : (
        <form
          onSubmit={form.onSubmit((values) => {
            if (webhook === null) create.mutate(values);
            else update.mutate({ ...values, webhookId: webhook.id });
          })}
        >
          <Stack gap={16}>
            <TextInput
              label="Name"
              placeholder="SIEM"
              autoComplete="off"
              data-autofocus
              {...form.getInputProps("name")}
            />
            <TextInput
              label="Address"
              description="Public and https. Asked by POST, without following redirects."
              placeholder="https://siem.example.com/in"
              autoComplete="off"
              spellCheck={false}
              {...form.getInputProps("url")}
            />
            <FormProblem error={error} fields={FIELDS} />
            <FormButtons onCancel={close} pending={isPending}>
              {webhook === null ? "Add webhook" : "Save"}
            </FormButtons>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
