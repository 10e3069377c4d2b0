import type { Service } from "@aic-sos/contract/services";
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { trpc } from "../../api/trpc.ts";
import { ConfirmButton } from "../../ui/confirm-button.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { useAdministers } from "./use-administers.ts";

/** Switches a service off, and on again. */
export function ServiceSwitch({ service }: { service: Service }) {
  const { may, options, place } = useAdministers(service);
  const utils = trpc.useUtils();
  const switched = (words: string) => ({
    trpc: options,
    onSuccess: async () => {
      notifications.show({ message: words });
      await Promise.all([utils.service.list.invalidate(), utils.member.list.invalidate()]);
    },
  });
  const disable = trpc.service.disable.useMutation(switched(`${service.name} is disabled.`));
  const enable = trpc.service.enable.useMutation(switched(`${service.name} may call again.`));
  const input = { serviceId: service.id, ...place };
  if (service.state === "active") {
    if (!may("service:disable")) return null;
    return (
      <ConfirmButton
        action={`Disable ${service.name}`}
        pending={disable.isPending}
        error={disable.error}
        onConfirm={() => disable.mutate(input)}
        onReset={disable.reset}
      >
        All of its keys are refused from its next request on. Nothing else changes: enable it, and
        they work again.
      </ConfirmButton>
    );
  }
  if (!may("service:enable")) return null;
  return (
    <>
      <Button variant="default" loading={enable.isPending} onClick={() => enable.mutate(input)}>
        Enable {service.name}
      </Button>
      {enable.error && <ProblemNotice error={enable.error} during="change" />}
    </>
  );
}
