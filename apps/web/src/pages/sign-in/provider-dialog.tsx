import type { Discovery, IdentityProvider } from "@aic-sos/contract/identity-providers";
import { MultiSelect, PasswordInput, Stack, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { problemOf } from "../../api/problem-of.ts";
import { trpc } from "../../api/trpc.ts";
import { formErrors } from "../../lib/form-errors.ts";
import { ClaimFields } from "./claim-fields.tsx";
import { ProviderAddresses } from "./provider-addresses.tsx";
import { discoveryWords } from "./discovery-words.ts";
import { inputOf, problemsOf, type ProviderValues, stateOf, valuesOf } from "./provider-values.ts";
import { FormProblem } from "../../ui/form-problem.tsx";
import { FormButtons } from "../../ui/form-buttons.tsx";
import { Dialog } from "../../ui/dialog.tsx";

const FIELDS = ["name", "issuer", "clientId", "clientSecret", "scopes", "emailDomains"];

interface Props {
  /** Null: a new one. */
  readonly provider: IdentityProvider | null;
  readonly onClose: () => void;
}

/** Adds or edits a provider. Saving reads its metadata and says what it found, or why it cannot be used. */
export function ProviderDialog({ provider, onClose }: Props) {
  const utils = trpc.useUtils();
  const domains = trpc.emailDomain.list.useQuery({ limit: 100 }).data?.items ?? [];
  const handlers = {
    onSuccess: async (saved: { identityProvider: IdentityProvider; discovery: Discovery }) => {
      notifications.show({
        title: `${saved.identityProvider.name} is saved`,
        message: discoveryWords(saved.discovery),
      });
      await utils.invalidate();
      onClose();
    },
    onError: (error: unknown) => form.setErrors(formErrors(problemOf(error), FIELDS).fields),
  };
  const create = trpc.identityProvider.create.useMutation(handlers);
  const update = trpc.identityProvider.update.useMutation(handlers);
  const { error, isPending } = provider === null ? create : update;
  const form = useForm<ProviderValues>({
    initialValues: valuesOf(provider),
    validate: (values) => problemsOf(values, provider),
  });
  const save = (values: ProviderValues) => {
    if (provider === null) create.mutate(inputOf(values));
    else {
      const identityProviderId = provider.id;
      update.mutate({ ...inputOf(values), identityProviderId, state: stateOf(values) });
    }
  };
  return (
    <Dialog
      opened
      onClose={onClose}
      title={provider === null ? "Add identity provider" : `Edit ${provider.name}`}
    >
      <form onSubmit={form.onSubmit(save)}>
        <Stack gap={16}>
          <ProviderAddresses provider={provider} />
          <TextInput
            label="Name"
            description="What people see when they choose."
            autoComplete="off"
            data-autofocus
            {...form.getInputProps("name")}
          />
          <TextInput
            label="Issuer"
            placeholder="https://login.example.com"
            autoComplete="off"
            spellCheck={false}
            {...form.getInputProps("issuer")}
          />
          <TextInput
            label="Client id"
            autoComplete="off"
            spellCheck={false}
            {...form.getInputProps("clientId")}
          />
          <PasswordInput
            label="Client secret"
            description={
              provider?.confidential
                ? "One is kept, sealed. Left empty, it stays."
                : "Sealed before it is written. Left empty: a public client, which PKCE alone protects."
            }
            autoComplete="new-password"
            {...form.getInputProps("clientSecret")}
          />
          <TextInput
            label="Scopes"
            autoComplete="off"
            spellCheck={false}
            {...form.getInputProps("scopes")}
          />
          <MultiSelect
            label="Email domains"
            description="What this provider alone may vouch for; other providers then cannot."
            data={domains.map(({ domain }) => domain)}
            placeholder={domains.length === 0 ? "Claim a domain first" : ""}
            {...form.getInputProps("emailDomains")}
          />
          <ClaimFields form={form} />
          {provider !== null && (
            <Switch
              label="People may sign in by it"
              description="Switched off, the roles that its groups gave are taken away."
              {...form.getInputProps("active", { type: "checkbox" })}
            />
          )}
          <FormProblem error={error} fields={FIELDS} />
          <FormButtons onCancel={onClose} pending={isPending}>
            {provider === null ? "Check and add" : "Check and save"}
          </FormButtons>
        </Stack>
      </form>
    </Dialog>
  );
}
