import { CreateTenant } from "@aic-sos/contract/tenants";
import { Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { problemOf } from "../../api/problem-of.ts";
import { trpc } from "../../api/trpc.ts";
import { formErrors } from "../../lib/form-errors.ts";
import { schemaErrors } from "../../lib/schema-errors.ts";
import { FormButtons } from "../../ui/form-buttons.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { IssuedInvitationView } from "../members/issued-invitation.tsx";
import { Dialog } from "../../ui/dialog.tsx";

const FIELDS = ["name", "slug", "region", "adminEmail"];

interface Props {
  readonly opened: boolean;
  readonly regions: readonly string[];
  /** The one that is shown. */
  readonly region: string;
  readonly onClose: () => void;
}

/** A new tenant, in its region for ever. Answers with the invitation of its first administrator, shown once. */
export function CreateTenantDialog({ opened, regions, region, onClose }: Props) {
  const utils = trpc.useUtils();
  const create = trpc.tenant.create.useMutation({
    onSuccess: () => utils.tenant.list.invalidate(),
    onError: (error) => form.setErrors(formErrors(problemOf(error), FIELDS).fields),
  });
  const form = useForm({
    initialValues: { name: "", slug: "", adminEmail: "", region },
    validate: (values) => schemaErrors(CreateTenant, inputOf(values)),
  });
  const close = () => {
    form.reset();
    create.reset();
    onClose();
  };
  return (
    <Dialog
      opened={opened}
      onClose={close}
      held={create.isPending || create.data !== undefined}
      title={create.data ? `${create.data.tenant.slug} is created` : "Create tenant"}
    >
      {create.data ? (
        <IssuedInvitationView invitation={create.data.invitation} onClose={close} />
      ) : (
        <form onSubmit={form.onSubmit((values) => create.mutate(inputOf(values)))}>
          <Stack gap={16}>
            <TextInput
              label="Name"
              autoComplete="off"
              data-autofocus
              {...form.getInputProps("name")}
            />
            <TextInput
              label="Short name"
              description="Its people sign in by it. Left empty, it is made from the name."
              autoComplete="off"
              spellCheck={false}
              {...form.getInputProps("slug")}
            />
            <Select
              label="Region"
              description="Its data stays there; a tenant never moves."
              data={[...regions]}
              allowDeselect={false}
              {...form.getInputProps("region")}
            />
            <TextInput
              label="First administrator’s email"
              description="Left empty, whoever has the link may accept the invitation."
              type="email"
              autoComplete="off"
              {...form.getInputProps("adminEmail")}
            />
            <FormProblem error={create.error} fields={FIELDS} />
            <FormButtons onCancel={close} pending={create.isPending}>
              Create tenant
            </FormButtons>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}

interface Values {
  readonly name: string;
  readonly slug: string;
  readonly adminEmail: string;
  readonly region: string;
}

/** What is left empty is left out. */
function inputOf({ name, slug, adminEmail, region }: Values): CreateTenant {
  return {
    name,
    region,
    ...(slug.trim() === "" ? {} : { slug: slug.trim() }),
    ...(adminEmail.trim() === "" ? {} : { adminEmail: adminEmail.trim() }),
  };
}
