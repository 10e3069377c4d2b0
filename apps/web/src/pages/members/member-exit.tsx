import type { Member } from "@aic-sos/contract/members";
import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { trpc } from "../../api/trpc.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { ConfirmButton } from "../../ui/confirm-button.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";

interface Props {
  readonly member: Member;
  readonly onRemoved: () => void;
}

/** Disables, enables or removes a person. Nobody does this to themselves, and services have a page of their own. */
export function MemberExit({ member, onRemoved }: Props) {
  const { me, mayEverywhere } = useWorkspace();
  const utils = trpc.useUtils();
  const done = (words: string) => async () => {
    notifications.show({ message: words });
    await utils.member.list.invalidate();
  };
  const { displayName: name } = member;
  const disable = trpc.member.disable.useMutation({ onSuccess: done(`${name} is disabled.`) });
  const enable = trpc.member.enable.useMutation({ onSuccess: done(`${name} may come in again.`) });
  const remove = trpc.member.remove.useMutation({
    onSuccess: async () => {
      onRemoved();
      await done(`${name} is removed.`)();
    },
  });
  if (member.kind !== "user" || member.id === me.principal.id) return null;
  const input = { memberId: member.id };
  return (
    <Group gap={8}>
      {member.state === "active" && mayEverywhere("member:disable") && (
        <ConfirmButton
          action={`Disable ${name}`}
          pending={disable.isPending}
          error={disable.error}
          onConfirm={() => disable.mutate(input)}
          onReset={disable.reset}
        >
          All sessions of {name} end at the next click, in every workspace. The roles stay, and hold
          again once {name} is enabled.
        </ConfirmButton>
      )}
      {member.state === "disabled" && mayEverywhere("member:enable") && (
        <Button variant="default" loading={enable.isPending} onClick={() => enable.mutate(input)}>
          Enable {name}
        </Button>
      )}
      {mayEverywhere("member:remove") && (
        <ConfirmButton
          action={`Remove ${name}`}
          typed={name}
          pending={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(input)}
          onReset={remove.reset}
        >
          Roles, sessions, sign-ins, name and address go, in every workspace. What {name} did stays
          in the history, without the name. There is no way back: who comes again comes as somebody
          new.
        </ConfirmButton>
      )}
      {enable.error && <ProblemNotice error={enable.error} during="change" />}
    </Group>
  );
}
