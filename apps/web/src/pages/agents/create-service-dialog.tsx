import { ROLE_MEANS, ROLES, type Role } from "@aic-sos/contract/roles";
import { CreateService } from "@aic-sos/contract/services";
import { Button, Checkbox, Group, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { problemOf } from "../../api/problem-of.ts";
import { trpc } from "../../api/trpc.ts";
import { formErrors } from "../../lib/form-errors.ts";
import { schemaErrors } from "../../lib/schema-errors.ts";
import { ROLE_WORDS } from "../../lib/words.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { type RoleScope, scopeInput } from "../members/role-scope.ts";
import { ScopeSelect } from "../members/scope-select.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { Dialog } from "../../ui/dialog.tsx";

const FIELDS = ["name", "roles"];
const OFFERED = ROLES.filter((role) => role !== "Approver");

type ServiceRole = Exclude<Role, "Approver">;

interface Values {
  name: string;
  roles: ServiceRole[];
  scope: RoleScope;
}

interface Props {
  readonly opened: boolean;
  /** With the id of the service that was made. */
  readonly onClose: (id?: string) => void;
}

/** Makes a service; its first key is made on the page that opens then. */
export function CreateServiceDialog({ opened, onClose }: Props) {
  const { id: workspaceId } = useWorkspace();
  const utils = trpc.useUtils();
  const create = trpc.service.create.useMutation({
    onSuccess: async ({ id }) => {
      await Promise.all([utils.service.list.invalidate(), utils.member.list.invalidate()]);
      close(id);
    },
    onError: (error) => form.setErrors(formErrors(problemOf(error), FIELDS).fields),
  });
  const inputOf = ({ name, roles, scope }: Values) => ({
    name: name.trim(),
    roles,
    ...scopeInput(scope, workspaceId),
  });
  const form = useForm<Values>({
    initialValues: { name: "", roles: ["Operator"], scope: "here" },
    validate: (values) => schemaErrors(CreateService, inputOf(values)),
  });
  const close = (id?: string) => {
    form.reset();
    create.reset();
    onClose(id);
  };
  return (
    <Dialog opened={opened} onClose={() => close()} title="Create service">
      <form onSubmit={form.onSubmit((values) => create.mutate(inputOf(values)))}>
        <Stack gap={16}>
          <TextInput
            label="Name"
            description="For ever, and only once in the tenant: lower-case letters, digits and hyphens."
            placeholder="ci-bot"
            autoComplete="off"
            spellCheck={false}
            data-autofocus
            {...form.getInputProps("name")}
          />
          <Checkbox.Group
            label="Roles"
            description="Services never approve, so that role is not offered."
            {...form.getInputProps("roles")}
          >
            <Stack gap={8} mt={8}>
              {OFFERED.map((role) => (
                <Checkbox
                  key={role}
                  value={role}
                  label={ROLE_WORDS[role]}
                  description={ROLE_MEANS[role]}
                />
              ))}
            </Stack>
          </Checkbox.Group>
          <ScopeSelect {...form.getInputProps("scope")} />
          <FormProblem error={create.error} fields={FIELDS} />
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={() => close()}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending}>
              Create service
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
