import type { GroupRule } from "@aic-sos/contract/group-rules";
import { notifications } from "@mantine/notifications";
import { trpc } from "../../api/trpc.ts";
import { counted, ROLE_WORDS } from "../../lib/words.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { ConfirmButton } from "../../ui/confirm-button.tsx";

export function RemoveGroupRule({ rule: { id, group, role } }: { rule: GroupRule }) {
  const { may } = useWorkspace();
  const utils = trpc.useUtils();
  const remove = trpc.groupRule.remove.useMutation({
    onSuccess: async ({ taken }) => {
      notifications.show({ message: `${counted(taken, "person", "people")} lost the role.` });
      await Promise.all([utils.groupRule.list.invalidate(), utils.member.list.invalidate()]);
    },
  });
  if (!may("group_rule:remove")) return null;
  return (
    <ConfirmButton
      action={`Remove the rule for ${group}`}
      label="Remove"
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ groupRuleId: id })}
      onReset={() => remove.reset()}
    >
      Whoever is {ROLE_WORDS[role]} by this rule alone is not any more, at their next click.
    </ConfirmButton>
  );
}
