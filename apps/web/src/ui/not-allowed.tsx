import { type Permission, PERMISSIONS } from "@aic-sos/contract/permissions";
import { rolesThatAllow } from "../lib/may.ts";
import { eitherOf, ROLE_WORDS } from "../lib/words.ts";
import { useWorkspace } from "../shell/workspace-context.ts";
import { EmptyState } from "./empty-state.tsx";

/** Says which role one would need for this page, and who can give it. */
export function NotAllowed({ permission }: { permission: Permission }) {
  const { roles, name } = useWorkspace();
  const have =
    roles.length === 0
      ? "you have no role"
      : `you are ${eitherOf(roles.map((role) => ROLE_WORDS[role]))}`;
  const needed = eitherOf(rolesThatAllow(permission).map((role) => ROLE_WORDS[role]));
  return (
    <EmptyState title={`Your roles do not let you ${PERMISSIONS[permission].means}`}>
      In {name} {have}. {needed} may do this; a workspace admin can give you the role.
    </EmptyState>
  );
}
