import { Button, Group, Select } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { trpc } from "../../api/trpc.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { Panel } from "../../ui/panel.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";

/** Two accounts that are one human, where the same verified address does not say so already. */
export function LinkAccountsPanel() {
  const { id: workspaceId } = useWorkspace();
  const members = trpc.member.list.useQuery({ workspaceId, limit: 100 }).data?.items ?? [];
  const link = trpc.person.link.useMutation({
    onSuccess: ({ memberIds }) => {
      form.reset();
      notifications.show({ message: `${memberIds.length} accounts are one person now.` });
    },
  });
  const form = useForm<{ one: string | null; other: string | null }>({
    initialValues: { one: null, other: null },
    validate: {
      one: (value) => (value === null ? "choose an account" : null),
      other: (value, { one }) =>
        value === null ? "choose an account" : value === one ? "choose another account" : null,
    },
  });
  const people = members
    .filter(({ kind }) => kind === "user")
    .map(({ id, displayName, email }) => ({
      value: id,
      label: email === null ? displayName : `${displayName} (${email})`,
    }));
  return (
    <Panel title="One person, two accounts">
      <p className="dim" style={{ margin: "0 0 12px" }}>
        Who has an account by each of two providers counts as two people, unless both vouch for one
        address. Say so here: roles that must not meet then do not meet in the two together, either.
      </p>
      <form
        onSubmit={form.onSubmit(({ one, other }) => {
          if (one !== null && other !== null) link.mutate({ memberId: one, otherMemberId: other });
        })}
      >
        <Group align="flex-end" gap={8}>
          <Select label="Account" searchable data={people} {...form.getInputProps("one")} />
          <Select label="Is also" searchable data={people} {...form.getInputProps("other")} />
          <Button type="submit" variant="default" loading={link.isPending}>
            Link accounts
          </Button>
        </Group>
        {link.error && <ProblemNotice error={link.error} during="change" />}
      </form>
    </Panel>
  );
}
