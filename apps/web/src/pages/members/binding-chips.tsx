import type { Member, RoleBinding } from "@aic-sos/contract/members";
import { ROLE_WORDS } from "../../lib/words.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { ToneChip } from "../../ui/tone-chip.tsx";

/** A member's roles here, tenant-wide ones marked. Those in other workspaces are counted by name. */
export function BindingChips({ member }: { member: Pick<Member, "bindings"> }) {
  const { id } = useWorkspace();
  const here = member.bindings.filter(
    ({ workspaceId }) => workspaceId === null || workspaceId === id,
  );
  if (here.length === 0) return <span className="faint">no role here</span>;
  return (
    <span style={{ display: "inline-flex", flexWrap: "wrap", gap: 4 }}>
      {here.map((binding) => (
        <ToneChip key={binding.id} tone="plain">
          {ROLE_WORDS[binding.role]}
          {binding.workspaceId === null && <span className="faint">everywhere</span>}
        </ToneChip>
      ))}
    </span>
  );
}

/** Where a role holds, in words. */
export function useScopeWords(): (binding: Pick<RoleBinding, "workspaceId">) => string {
  const { me } = useWorkspace();
  return ({ workspaceId }) =>
    workspaceId === null
      ? `everywhere in ${me.tenant.name}`
      : `in ${me.workspaces.find((workspace) => workspace.id === workspaceId)?.name ?? "another workspace"}`;
}
