import { InviteMember } from "@aic-sos/contract/members";
import { ROLE_MEANS, type Role } from "@aic-sos/contract/roles";
import { Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { problemOf } from "../../api/problem-of.ts";
import { trpc } from "../../api/trpc.ts";
import { formErrors } from "../../lib/form-errors.ts";
import { schemaErrors } from "../../lib/schema-errors.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { FormButtons } from "../../ui/form-buttons.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { IssuedInvitationView } from "./issued-invitation.tsx";
import { roleChoices } from "./role-choices.ts";
import { type RoleScope, scopeInput } from "./role-scope.ts";
import { ScopeSelect } from "./scope-select.tsx";
import { Dialog } from "../../ui/dialog.tsx";

const FIELDS = ["email", "role"];

interface Values {
  email: string;
  role: Role;
  scope: RoleScope;
}

/** Invites a person to one role. The link is shown once. */
export function InviteDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { id: workspaceId } = useWorkspace();
  const utils = trpc.useUtils();
  const invite = trpc.member.invite.useMutation({
    onSuccess: () => utils.invitation.list.invalidate(),
    onError: (error) => form.setErrors(formErrors(problemOf(error), FIELDS).fields),
  });
  const inputOf = ({ email, role, scope }: Values) => ({
    email,
    role,
    ...scopeInput(scope, workspaceId),
  });
  const form = useForm<Values>({
    initialValues: { email: "", role: "Operator", scope: "here" },
    validate: (values) => schemaErrors(InviteMember, inputOf(values)),
  });
  const close = () => {
    form.reset();
    invite.reset();
    onClose();
  };
  return (
    <Dialog
      opened={opened}
      onClose={close}
      held={invite.isPending || invite.data !== undefined}
      title="Invite person"
    >
      {invite.data ? (
        <IssuedInvitationView invitation={invite.data} onClose={close} />
      ) : (
        <form onSubmit={form.onSubmit((values) => invite.mutate(inputOf(values)))}>
          <Stack gap={16}>
            <TextInput
              label="Email"
              description="They sign in with your identity provider, which has to vouch for this address."
              type="email"
              autoComplete="off"
              data-autofocus
              {...form.getInputProps("email")}
            />
            <Select
              label="Role"
              description={ROLE_MEANS[form.values.role]}
              data={roleChoices([])}
              allowDeselect={false}
              {...form.getInputProps("role")}
            />
            <ScopeSelect {...form.getInputProps("scope")} />
            <FormProblem error={invite.error} fields={FIELDS} />
            <FormButtons onCancel={close} pending={invite.isPending}>
              Make invitation
            </FormButtons>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
