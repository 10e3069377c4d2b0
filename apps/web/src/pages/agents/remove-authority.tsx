import type { ClientAuthority } from "@aic-sos/contract/client-authorities";
import { notifications } from "@mantine/notifications";
import { trpc } from "../../api/trpc.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { ConfirmButton } from "../../ui/confirm-button.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";

/** Ends every certificate under a CA. */
export function RemoveAuthority({
  authority: { id, name, lastUsedAt },
}: {
  authority: ClientAuthority;
}) {
  const { may } = useWorkspace();
  const utils = trpc.useUtils();
  const remove = trpc.clientAuthority.remove.useMutation({
    onSuccess: async () => {
      notifications.show({ message: `${name} is removed.` });
      await utils.clientAuthority.list.invalidate();
    },
  });
  if (!may("client_authority:remove")) return null;
  return (
    <ConfirmButton
      action={`Remove ${name}`}
      label="Remove"
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ clientAuthorityId: id })}
      onReset={remove.reset}
    >
      {lastUsedAt === null ? (
        "No service has called with a certificate of it yet. "
      ) : (
        <>
          A service called with a certificate of it <RelativeTime instant={lastUsedAt} />.{" "}
        </>
      )}
      Every certificate that it issued, for any service of the tenant, is refused from its next
      request on, everywhere. Services go on with their keys, and with certificates of other CAs.
    </ConfirmButton>
  );
}
