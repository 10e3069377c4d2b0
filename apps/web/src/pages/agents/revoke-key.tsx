import type { ApiKey } from "@aic-sos/contract/api-keys";
import type { Service } from "@aic-sos/contract/services";
import { notifications } from "@mantine/notifications";
import { trpc } from "../../api/trpc.ts";
import { ConfirmButton } from "../../ui/confirm-button.tsx";
import { useAdministers } from "./use-administers.ts";

/** Ends a key, also one in its overlap. */
export function RevokeKey({ service, apiKey }: { service: Service; apiKey: ApiKey }) {
  const { may, options, place } = useAdministers(service);
  const utils = trpc.useUtils();
  const revoke = trpc.apiKey.revoke.useMutation({
    trpc: options,
    onSuccess: async () => {
      notifications.show({ message: `Key ${apiKey.name} of ${service.name} is revoked.` });
      await Promise.all([utils.apiKey.list.invalidate(), utils.service.list.invalidate()]);
    },
  });
  if (!may("api_key:revoke")) return null;
  return (
    <ConfirmButton
      action={`Revoke key ${apiKey.name}`}
      label="Revoke"
      pending={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate({ apiKeyId: apiKey.id, ...place })}
      onReset={revoke.reset}
    >
      The next request with it is refused, everywhere. There is no way back: {service.name} then
      needs another key.
    </ConfirmButton>
  );
}
