import type { GroupRule } from "@aic-sos/contract/group-rules";
import { Button } from "@mantine/core";
import { Plus } from "lucide-react";
import { useState } from "react";
import { trpc } from "../../api/trpc.ts";
import { ROLE_WORDS } from "../../lib/words.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import type { Column } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ListBody } from "../../ui/list-body.tsx";
import { Panel } from "../../ui/panel.tsx";
import { GroupRuleDialog } from "./group-rule-dialog.tsx";
import { RemoveGroupRule } from "./remove-group-rule.tsx";

/** Which group of the directory has which role where. */
export function GroupRulesPanel() {
  const { may } = useWorkspace();
  const [adding, setAdding] = useState(false);
  const list = trpc.groupRule.list.useInfiniteQuery(
    { limit: 20 },
    { getNextPageParam: (page) => page.nextCursor ?? undefined },
  );
  const add = may("group_rule:create") ? (
    <Button
      variant="default"
      leftSection={<Plus size={14} aria-hidden />}
      onClick={() => setAdding(true)}
    >
      Add rule
    </Button>
  ) : undefined;
  return (
    <Panel title="Groups and roles" aside={add}>
      <ListBody<GroupRule>
        label="Group rules"
        query={list}
        columns={COLUMNS}
        itemKey={(rule) => rule.id}
        empty={
          <EmptyState title="No rule yet">
            People come in by invitation only. With a rule, everybody whom your provider names in a
            group has a role, from their next sign-in, and loses it with the group.
          </EmptyState>
        }
      />
      {adding && <GroupRuleDialog onClose={() => setAdding(false)} />}
    </Panel>
  );
}

const COLUMNS: readonly Column<GroupRule>[] = [
  {
    key: "group",
    header: "Group",
    phone: "title",
    cell: ({ group }) => <b style={{ fontWeight: 550 }}>{group}</b>,
  },
  { key: "role", header: "Role", width: "180px", cell: ({ role }) => ROLE_WORDS[role] },
  { key: "where", header: "Where", width: "200px", cell: (rule) => <Where rule={rule} /> },
  {
    key: "by",
    header: "Named by",
    width: "160px",
    phone: "hide",
    cell: ({ identityProviderId }) => <NamedBy id={identityProviderId} />,
  },
  {
    key: "actions",
    header: "Actions",
    width: "120px",
    align: "right",
    cell: (rule) => <RemoveGroupRule rule={rule} />,
  },
];

function Where({ rule: { roleWorkspaceId } }: { rule: GroupRule }) {
  const { me } = useWorkspace();
  if (roleWorkspaceId === null) return <>Everywhere</>;
  return <>{me.workspaces.find(({ id }) => id === roleWorkspaceId)?.name ?? "A workspace"}</>;
}

function NamedBy({ id }: { id: string | null }) {
  const providers = trpc.identityProvider.list.useQuery({ limit: 100 }).data?.items;
  if (id === null) return <span className="dim">any provider</span>;
  return <>{providers?.find((provider) => provider.id === id)?.name ?? "…"}</>;
}
