import type { Permission } from "@aic-sos/contract/permissions";
import type { Service } from "@aic-sos/contract/services";
import { EVERYWHERE } from "../../api/workspace-header.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";

/** How to change a service: where it lives, which is one workspace or the whole tenant, and whether one may. */
export function useAdministers({ bindings }: Pick<Service, "bindings">) {
  const { id: workspaceId, may, mayEverywhere } = useWorkspace();
  // One that has lost its last role lives nowhere: then it is the tenant's.
  const here = bindings.some((binding) => binding.workspaceId === workspaceId);
  return {
    may: (permission: Permission) => (here ? may(permission) : mayEverywhere(permission)),
    /** For the hook. */
    options: here ? {} : EVERYWHERE,
    /** For the input. */
    place: here ? { workspaceId } : {},
  };
}
