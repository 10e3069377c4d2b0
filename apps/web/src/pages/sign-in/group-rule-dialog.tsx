import { CreateGroupRule } from "@aic-sos/contract/group-rules";
import { ROLE_MEANS } from "@aic-sos/contract/roles";
import { Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { problemOf } from "../../api/problem-of.ts";
import { trpc } from "../../api/trpc.ts";
import { formErrors } from "../../lib/form-errors.ts";
import { schemaErrors } from "../../lib/schema-errors.ts";
import { counted, ROLE_WORDS } from "../../lib/words.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { ruleInput, type RuleValues } from "./rule-input.ts";
import { FormProblem } from "../../ui/form-problem.tsx";
import { FormButtons } from "../../ui/form-buttons.tsx";
import { Dialog } from "../../ui/dialog.tsx";

const FIELDS = ["group", "role", "roleWorkspaceId", "identityProviderId"];
const ROLES = Object.entries(ROLE_WORDS).map(([value, label]) => ({ value, label }));

/** Gives a group a role. In force at once, for everybody who was in the group at their last sign-in. */
export function GroupRuleDialog({ onClose }: { onClose: () => void }) {
  const { me } = useWorkspace();
  const utils = trpc.useUtils();
  const providers = trpc.identityProvider.list.useQuery({ limit: 100 }).data?.items ?? [];
  const create = trpc.groupRule.create.useMutation({
    onSuccess: async ({ groupRule, given, refused }) => {
      const refusals =
        refused === 0
          ? ""
          : ` For ${refused} it was refused: they hold a role that it must not meet.`;
      notifications.show({
        message: `${counted(given, "person", "people")} in ${groupRule.group} ${given === 1 ? "has" : "have"} the role now.${refusals}`,
      });
      await Promise.all([utils.groupRule.list.invalidate(), utils.member.list.invalidate()]);
      onClose();
    },
    onError: (error) => form.setErrors(formErrors(problemOf(error), FIELDS).fields),
  });
  const form = useForm<RuleValues>({
    initialValues: { group: "", role: "Operator", where: "everywhere", provider: "any" },
    validate: (values) => schemaErrors(CreateGroupRule, ruleInput(values)),
  });
  return (
    <Dialog opened onClose={onClose} title="Give a group a role">
      <form onSubmit={form.onSubmit((values) => create.mutate(ruleInput(values)))}>
        <Stack gap={16}>
          <TextInput
            label="Group"
            description="Exactly as your provider writes it."
            autoComplete="off"
            spellCheck={false}
            data-autofocus
            {...form.getInputProps("group")}
          />
          <Select
            label="Role"
            description={ROLE_MEANS[form.values.role]}
            data={ROLES}
            allowDeselect={false}
            {...form.getInputProps("role")}
          />
          <Select
            label="Where"
            data={[
              { value: "everywhere", label: `Everywhere in ${me.tenant.name}` },
              ...me.workspaces.map(({ id, name }) => ({ value: id, label: `In ${name}` })),
            ]}
            allowDeselect={false}
            {...form.getInputProps("where")}
          />
          <Select
            label="Named by"
            data={[
              { value: "any", label: "Any provider" },
              ...providers.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            allowDeselect={false}
            {...form.getInputProps("provider")}
          />
          <FormProblem error={create.error} fields={FIELDS} />
          <FormButtons onCancel={onClose} pending={create.isPending}>
            Add rule
          </FormButtons>
        </Stack>
      </form>
    </Dialog>
  );
}
