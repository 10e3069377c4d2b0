import { CreateProviderKey, type Provider, PROVIDERS } from "@aic-sos/contract/provider-keys";
import { PasswordInput, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { problemOf } from "../../api/problem-of.ts";
import { trpc } from "../../api/trpc.ts";
import { formErrors } from "../../lib/form-errors.ts";
import { schemaErrors } from "../../lib/schema-errors.ts";
import { PROVIDER_WORDS } from "../../lib/words.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { FormButtons } from "../../ui/form-buttons.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { StoredKey } from "./stored-key.tsx";
import { Dialog } from "../../ui/dialog.tsx";

const FIELDS = ["provider", "name", "key", "endpoint"];
const CHOICES = PROVIDERS.map((value) => ({ value, label: PROVIDER_WORDS[value] }));
const PLACEHOLDERS: Readonly<Record<Provider, string>> = {
  openai: "sk-…",
  azure_openai: "32 or more characters",
  anthropic: "sk-ant-…",
};

interface Values {
  provider: Provider;
  name: string;
  key: string;
  endpoint: string;
}

/** Stores a key. It leaves this page once, sealed on arrival, and does not come back. */
export function AddKeyDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { id: workspaceId, region } = useWorkspace();
  const utils = trpc.useUtils();
  const create = trpc.providerKey.create.useMutation({
    onSuccess: () => utils.providerKey.list.invalidate(),
    onError: (error) => form.setErrors(formErrors(problemOf(error), FIELDS).fields),
  });
  const inputOf = ({ provider, name, key, endpoint }: Values) => ({
    workspaceId,
    provider,
    name,
    key: key.trim(),
    ...(provider === "azure_openai" && endpoint !== "" ? { endpoint } : {}),
  });
  const form = useForm<Values>({
    initialValues: { provider: "openai", name: "", key: "", endpoint: "" },
    validate: (values) => schemaErrors(CreateProviderKey, inputOf(values)),
  });
  const close = () => {
    form.reset();
    create.reset();
    onClose();
  };
  return (
    <Dialog opened={opened} onClose={close} title="Add provider key">
      {create.data ? (
        <StoredKey created={create.data} region={region} onClose={close} />
      ) : (
        <form onSubmit={form.onSubmit((values) => create.mutate(inputOf(values)))}>
          <Stack gap={16}>
            <Select
              label="Provider"
              data={CHOICES}
              allowDeselect={false}
              {...form.getInputProps("provider")}
            />
            <TextInput
              label="Name"
              description="What people here call it: “production”, “service desk”."
              autoComplete="off"
              data-autofocus
              {...form.getInputProps("name")}
            />
            {form.values.provider === "azure_openai" && (
              <TextInput
                label="Endpoint"
                placeholder="https://your-resource.openai.azure.com"
                autoComplete="off"
                spellCheck={false}
                {...form.getInputProps("endpoint")}
              />
            )}
            <PasswordInput
              label="Key"
              placeholder={PLACEHOLDERS[form.values.provider]}
              description={`Sealed in ${region} before it is written; nobody can read it back.`}
              autoComplete="off"
              spellCheck={false}
              {...form.getInputProps("key")}
            />
            <FormProblem error={create.error} fields={FIELDS} />
            <FormButtons onCancel={close} pending={create.isPending}>
              Store key
            </FormButtons>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
