import type { IdentityProvider } from "@aic-sos/contract/identity-providers";
import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { failureOf } from "../../api/problem-of.ts";
import { trpc } from "../../api/trpc.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { ConfirmButton } from "../../ui/confirm-button.tsx";
import { discoveryWords } from "./discovery-words.ts";

/** Tries, edits or removes a provider. */
export function ProviderActions({
  provider,
  onEdit,
}: {
  provider: IdentityProvider;
  onEdit: () => void;
}) {
  const { may } = useWorkspace();
  const { id, name } = provider;
  const utils = trpc.useUtils();
  const test = trpc.identityProvider.test.useMutation({
    onSuccess: ({ discovery }) =>
      notifications.show({
        color: discovery.usable ? "green" : "red",
        title: discovery.usable ? `${name} can be used` : `${name} cannot be used`,
        message: discoveryWords(discovery),
      }),
    onError: (error) => {
      const failure = failureOf(error);
      const message = failure.kind === "problem" ? failure.problem.detail : failure.message;
      notifications.show({ color: "red", title: `${name} was not tried`, message });
    },
  });
  const remove = trpc.identityProvider.remove.useMutation({
    onSuccess: async () => {
      notifications.show({ message: `${name} is removed.` });
      await utils.invalidate();
    },
  });
  return (
    <Group gap={6} justify="flex-end" wrap="nowrap">
      {may("identity_provider:test") && (
        <Button
          variant="default"
          size="compact-sm"
          loading={test.isPending}
          onClick={() => test.mutate({ identityProviderId: id })}
          aria-label={`Test ${name}`}
        >
          Test
        </Button>
      )}
      {may("identity_provider:update") && (
        <Button variant="default" size="compact-sm" onClick={onEdit} aria-label={`Edit ${name}`}>
          Edit
        </Button>
      )}
      {may("identity_provider:remove") && (
        <ConfirmButton
          action={`Remove ${name}`}
          label="Remove"
          pending={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate({ identityProviderId: id })}
          onReset={() => remove.reset()}
        >
          Nobody signs in by {name} any more. Its group rules go with it, and so do the roles that
          they gave. Sessions that are open go on.
        </ConfirmButton>
      )}
    </Group>
  );
}
