import type { Member } from "@aic-sos/contract/members";
import { ROLE_MEANS, type Role } from "@aic-sos/contract/roles";
import { Button, Select, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { problemOf } from "../../api/problem-of.ts";
import { trpc } from "../../api/trpc.ts";
import { formErrors } from "../../lib/form-errors.ts";
import { ROLE_WORDS } from "../../lib/words.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { FormProblem } from "../../ui/form-problem.tsx";
import { useScopeWords } from "./binding-chips.tsx";
import { roleChoices } from "./role-choices.ts";
import { type RoleScope, scopeInput } from "./role-scope.ts";
import { ScopeSelect } from "./scope-select.tsx";

const FIELDS = ["role"];

/** Gives a member one more role, here or everywhere. */
export function GrantRoleForm({ member }: { member: Member }) {
  const { id: workspaceId } = useWorkspace();
  const scopeWords = useScopeWords();
  const utils = trpc.useUtils();
  const grant = trpc.member.grantRole.useMutation({
    onSuccess: async (binding) => {
      notifications.show({
        message: `${member.displayName} is ${ROLE_WORDS[binding.role]} ${scopeWords(binding)} now.`,
      });
      form.reset();
      await Promise.all([utils.member.list.invalidate(), utils.me.read.invalidate()]);
    },
    onError: (error) => form.setErrors(formErrors(problemOf(error), FIELDS).fields),
  });
  const form = useForm<{ role: Role | null; scope: RoleScope }>({
    initialValues: { role: null, scope: "here" },
    validate: { role: (role) => (role === null ? "choose a role" : null) },
  });
  const { role } = form.values;
  return (
    <form
      onSubmit={form.onSubmit((values) => {
        if (values.role === null) return;
        const where = scopeInput(values.scope, workspaceId);
        grant.mutate({ memberId: member.id, role: values.role, ...where });
      })}
    >
      <Stack gap={12}>
        <Select
          label="Role"
          placeholder="Choose a role"
          description={role === null ? undefined : ROLE_MEANS[role]}
          data={roleChoices(member.bindings.map((binding) => binding.role)).filter(
            ({ value }) => member.kind !== "service" || value !== "Approver",
          )}
          {...form.getInputProps("role")}
        />
        <ScopeSelect {...form.getInputProps("scope")} />
        <FormProblem error={grant.error} fields={FIELDS} />
        <div>
          <Button type="submit" loading={grant.isPending}>
            {role === null ? "Give role" : `Give ${ROLE_WORDS[role]}`}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
