import type { EmailDomain } from "@aic-sos/contract/email-domains";
import { Button, Group, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { CreateEmailDomain } from "@aic-sos/contract/email-domains";
import { problemOf } from "../../api/problem-of.ts";
import { trpc } from "../../api/trpc.ts";
import { formErrors } from "../../lib/form-errors.ts";
import { schemaErrors } from "../../lib/schema-errors.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import type { Column } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ListBody } from "../../ui/list-body.tsx";
import { Panel } from "../../ui/panel.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { ToneChip } from "../../ui/tone-chip.tsx";
import { DomainActions } from "./domain-actions.tsx";

/** The domains whose people find the way in by their address. */
export function DomainsPanel() {
  const { may } = useWorkspace();
  const list = trpc.emailDomain.list.useInfiniteQuery(
    { limit: 20 },
    { getNextPageParam: (page) => page.nextCursor ?? undefined },
  );
  return (
    <Panel title="Email domains">
      {may("email_domain:create") && <ClaimForm />}
      <ListBody<EmailDomain>
        label="Email domains"
        query={list}
        columns={COLUMNS}
        itemKey={(domain) => domain.id}
        empty={
          <EmptyState title="No domain yet">
            People of a proved domain sign in with their address alone, and keep their account when
            they come by another of your providers.
          </EmptyState>
        }
      />
    </Panel>
  );
}

function ClaimForm() {
  const utils = trpc.useUtils();
  const create = trpc.emailDomain.create.useMutation({
    onSuccess: async () => {
      form.reset();
      await utils.emailDomain.list.invalidate();
    },
    onError: (error) => form.setErrors(formErrors(problemOf(error), ["domain"]).fields),
  });
  const form = useForm({
    initialValues: { domain: "" },
    validate: (values) => schemaErrors(CreateEmailDomain, values),
  });
  return (
    <form onSubmit={form.onSubmit((values) => create.mutate(values))}>
      <Group align="flex-end" gap={8} mb={12}>
        <TextInput
          label="Domain"
          placeholder="example.com"
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps("domain")}
        />
        <Button type="submit" variant="default" loading={create.isPending}>
          Claim domain
        </Button>
      </Group>
      {create.error && <ProblemNotice error={create.error} during="change" />}
    </form>
  );
}

const COLUMNS: readonly Column<EmailDomain>[] = [
  {
    key: "domain",
    header: "Domain",
    phone: "title",
    cell: ({ domain, record, provedAt }) => (
      <div>
        <b style={{ fontWeight: 550 }}>{domain}</b>
        {provedAt === null && (
          <div className="dim" style={{ fontSize: 12, overflowWrap: "anywhere" }}>
            TXT <span className="mono">{record.name}</span> ={" "}
            <span className="mono">{record.value}</span>
          </div>
        )}
      </div>
    ),
  },
  {
    key: "state",
    header: "State",
    width: "160px",
    cell: ({ provedAt, checkedAt }) =>
      provedAt !== null ? (
        <span>
          Proved <RelativeTime instant={provedAt} />
        </span>
      ) : (
        <ToneChip tone="attention">{checkedAt === null ? "Not proved yet" : "Not found"}</ToneChip>
      ),
  },
  {
    key: "actions",
    header: "Actions",
    width: "220px",
    align: "right",
    cell: (domain) => <DomainActions domain={domain} />,
  },
];
