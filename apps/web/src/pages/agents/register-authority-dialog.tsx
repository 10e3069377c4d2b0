import { RegisterClientAuthority } from "@aic-sos/contract/client-authorities";
import { Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { problemOf } from "../../api/problem-of.ts";
import { trpc } from "../../api/trpc.ts";
import { formErrors } from "../../lib/form-errors.ts";
import { schemaErrors } from "../../lib/schema-errors.ts";
import { FormButtons } from "../../ui/form-buttons.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { Dialog } from "../../ui/dialog.tsx";

const FIELDS = ["name", "certificatePem"];

/** Registers a CA: from then on it says who the tenant's services are. */
export function RegisterAuthorityDialog({ onClose }: { onClose: () => void }) {
  const utils = trpc.useUtils();
  const register = trpc.clientAuthority.register.useMutation({
    onSuccess: async ({ name, subject }) => {
      notifications.show({ message: `${name} is registered: ${subject}.` });
      await utils.clientAuthority.list.invalidate();
      onClose();
    },
    onError: (error) => form.setErrors(formErrors(problemOf(error), FIELDS).fields),
  });
  const form = useForm({
    initialValues: { name: "", certificatePem: "" },
    validate: (values) => schemaErrors(RegisterClientAuthority, values),
  });
  return (
    <Dialog opened onClose={onClose} title="Register CA">
      <form onSubmit={form.onSubmit((values) => register.mutate(values))}>
        <Stack gap={16}>
          <div>
            Whoever holds its key can make a certificate for <b>any service of the tenant</b>, and
            act with that service’s roles.
          </div>
          <TextInput
            label="Name"
            description="What you call it: “Service mesh”, “Build farm”."
            autoComplete="off"
            data-autofocus
            {...form.getInputProps("name")}
          />
          <Textarea
            label="Certificate"
            description="One, in PEM. Never its key."
            placeholder="-----BEGIN CERTIFICATE-----"
            rows={8}
            autoComplete="off"
            spellCheck={false}
            classNames={{ input: "mono" }}
            {...form.getInputProps("certificatePem")}
          />
          <FormProblem error={register.error} fields={FIELDS} />
          <FormButtons onCancel={onClose} pending={register.isPending}>
            Register CA
          </FormButtons>
        </Stack>
      </form>
    </Dialog>
  );
}
