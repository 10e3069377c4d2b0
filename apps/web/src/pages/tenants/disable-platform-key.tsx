import { notifications } from "@mantine/notifications";
import { trpc } from "../../api/trpc.ts";
import { ConfirmButton } from "../../ui/confirm-button.tsx";

/** Ends the platform key everywhere. */
export function DisablePlatformKey() {
  const utils = trpc.useUtils();
  const disable = trpc.platformKey.disable.useMutation({
    onSuccess: async ({ unreached }) => {
      const rest =
        unreached.length === 0
          ? ""
          : ` ${unreached.join(", ")} did not answer; once back, switch it off again so that their log says so.`;
      notifications.show({ message: `The platform key is switched off.${rest}` });
      await utils.platformKey.read.invalidate();
    },
  });
  return (
    <ConfirmButton
      action="Switch the platform key off"
      label="Switch off"
      pending={disable.isPending}
      error={disable.error}
      onConfirm={() => disable.mutate({})}
      onReset={disable.reset}
    >
      The next request with it is refused, in every region; a key that was rotated ends too. People
      go on signing in. The way back is a new key in the configuration and a start of the servers:
      this one never comes back.
    </ConfirmButton>
  );
}
