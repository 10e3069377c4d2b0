import { Role } from "@aic-sos/contract/roles";
import type { Happening } from "@aic-sos/db/append-event";

interface Binding {
  readonly id: string;
  readonly userId: string;
  readonly role: string;
  readonly workspaceId: string | null;
}

/** The event of a role given or taken: whose, which and where, since nothing else says so once the binding is gone. */
export function roleEvent(
  type: "role.granted" | "role.removed",
  { id, userId, role, workspaceId }: Binding,
): Happening {
  return {
    type,
    resource: { type: "role_binding", id },
    binding: { userId, role: Role.parse(role) },
    workspaceId,
  };
}
