import { platformTenantId } from "@aic-sos/contract/ids";
import type { Dependencies, ServedCell } from "./dependencies.ts";

/**
 * A further key for a cell's checkpoints, on record in the log of its `platform` tenant before it is there.
 * @returns the id of the key
 */
export async function rotateCheckpointKey(
  deps: Pick<Dependencies, "newId" | "now" | "recordEvent" | "checkpointKeys">,
  { code, region }: ServedCell,
): Promise<string> {
  const id = deps.newId(code);
  await deps.recordEvent(code, {
    v: 1,
    id: deps.newId(code),
    time: new Date(deps.now()).toISOString(),
    class: "change",
    type: "checkpoint_key.rotated",
    tenantId: platformTenantId(code),
    workspaceId: null,
    region,
    actor: { id: "system:rotate-checkpoint-key", kind: "system", authentication: "none" },
    procedure: null,
    permission: null,
    outcome: null,
    reason: null,
    resource: { type: "checkpoint_key", id },
    decisionId: null,
    requestId: null,
    changes: [],
    count: 1,
  });
  await deps.checkpointKeys.rotate(code, id);
  return id;
}
