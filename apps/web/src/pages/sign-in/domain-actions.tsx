import type { EmailDomain } from "@aic-sos/contract/email-domains";
import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { failureOf } from "../../api/problem-of.ts";
import { trpc } from "../../api/trpc.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { ConfirmButton } from "../../ui/confirm-button.tsx";

/** Looks a domain's record up, or gives the domain up. */
export function DomainActions({ domain: { id, domain, provedAt } }: { domain: EmailDomain }) {
  const { may } = useWorkspace();
  const utils = trpc.useUtils();
  const refresh = () => utils.emailDomain.list.invalidate();
  const prove = trpc.emailDomain.prove.useMutation({
    onSuccess: () => notifications.show({ message: `${domain} is proved.` }),
    onError: (error) => {
      const failure = failureOf(error);
      const message = failure.kind === "problem" ? failure.problem.detail : failure.message;
      notifications.show({ color: "yellow", title: `${domain} is not proved`, message });
    },
    onSettled: refresh,
  });
  const remove = trpc.emailDomain.remove.useMutation({ onSuccess: refresh });
  const verb = provedAt === null ? "Prove" : "Check again";
  return (
    <Group gap={6} justify="flex-end" wrap="nowrap">
      {may("email_domain:prove") && (
        <Button
          variant="default"
          size="compact-sm"
          loading={prove.isPending}
          onClick={() => prove.mutate({ emailDomainId: id })}
          aria-label={`${verb} ${domain}`}
        >
          {verb}
        </Button>
      )}
      {may("email_domain:remove") && (
        <ConfirmButton
          action={`Give up ${domain}`}
          label="Give up"
          pending={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate({ emailDomainId: id })}
          onReset={() => remove.reset()}
        >
          Addresses at {domain} no longer lead to your sign-in. Accounts stay as they are.
        </ConfirmButton>
      )}
    </Group>
  );
}
