import { CreateApiKey, DEFAULT_KEY_DAYS } from "@aic-sos/contract/api-keys";
import { type Permission, PERMISSIONS, permissions } from "@aic-sos/contract/permissions";
import type { Service } from "@aic-sos/contract/services";
import { fitsLimitedKey } from "@aic-sos/policy/key-permissions";
import { roleAllows } from "@aic-sos/policy/role-table";
import { MultiSelect, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { problemOf } from "../../api/problem-of.ts";
import { trpc } from "../../api/trpc.ts";
import { formErrors } from "../../lib/form-errors.ts";
import { schemaErrors } from "../../lib/schema-errors.ts";
import { ShownKey } from "./shown-key.tsx";
import { useAdministers } from "./use-administers.ts";
import { FormProblem } from "../../ui/form-problem.tsx";
import { FormButtons } from "../../ui/form-buttons.tsx";
import { Dialog } from "../../ui/dialog.tsx";

const FIELDS = ["name", "permissions", "expiresAt"];
const DAY_MS = 24 * 60 * 60 * 1000;
const LIVES = [7, 30, DEFAULT_KEY_DAYS, 180, 366].map((days) => ({
  value: String(days),
  label: `${days} days`,
}));

interface Values {
  name: string;
  days: string;
  permissions: Permission[];
}

interface Props {
  readonly service: Service;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Makes a key. Its text is shown once, in this dialog. */
export function CreateKeyDialog({ service, opened, onClose }: Props) {
  const { options, place } = useAdministers(service);
  const utils = trpc.useUtils();
  const create = trpc.apiKey.create.useMutation({
    trpc: options,
    onSuccess: () => Promise.all([utils.apiKey.list.invalidate(), utils.service.list.invalidate()]),
    onError: (error) => form.setErrors(formErrors(problemOf(error), FIELDS).fields),
  });
  const inputOf = ({ name, permissions: limits }: Values) => ({
    serviceId: service.id,
    name,
    ...place,
    ...(limits.length === 0 ? {} : { permissions: limits }),
  });
  const form = useForm<Values>({
    initialValues: { name: "", days: String(DEFAULT_KEY_DAYS), permissions: [] },
    validate: (values) => schemaErrors(CreateApiKey, inputOf(values)),
  });
  const close = () => {
    form.reset();
    create.reset();
    onClose();
  };
  return (
    <Dialog
      opened={opened}
      onClose={close}
      held={create.isPending || create.data !== undefined}
      title={`Create key for ${service.name}`}
    >
      {create.data ? (
        <ShownKey apiKey={create.data.apiKey} text={create.data.key} onClose={close} />
      ) : (
        <form
          onSubmit={form.onSubmit((values) =>
            create.mutate({ ...inputOf(values), expiresAt: endAfter(values.days) }),
          )}
        >
          <Stack gap={16}>
            <TextInput
              label="Name"
              description="Where it is used: “pipeline”, “laptop of Ana”."
              autoComplete="off"
              data-autofocus
              {...form.getInputProps("name")}
            />
            <Select
              label="Ends after"
              data={LIVES}
              allowDeselect={false}
              {...form.getInputProps("days")}
              error={form.errors["expiresAt"]}
            />
            <MultiSelect
              label="Limited to"
              description="Nothing chosen: everything that the service’s roles allow."
              data={choicesFor(service)}
              searchable
              clearable
              {...form.getInputProps("permissions")}
            />
            <FormProblem error={create.error} fields={FIELDS} />
            <FormButtons onCancel={close} pending={create.isPending}>
              Create key
            </FormButtons>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}

/** A minute early, so that a clock that goes ahead asks for no more than the most. */
function endAfter(days: string): string {
  return new Date(Date.now() + Number(days) * DAY_MS - 60_000).toISOString();
}

/** What a limited key of this service could name. */
function choicesFor({ bindings }: Service) {
  return permissions
    .filter(
      (permission) =>
        fitsLimitedKey(permission) && bindings.some(({ role }) => roleAllows(role, permission)),
    )
    .map((value) => ({ value, label: PERMISSIONS[value].means }));
}
