import { EVERYWHERE } from "../../api/workspace-header.ts";
import type { AuditPlace } from "../../app/page-search.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";

export interface AuditScope {
  readonly place: AuditPlace;
  /** Whether there is a choice: only tenant-wide roles see beyond the workspace. */
  readonly mayChoose: boolean;
  readonly input: { readonly workspaceId?: string };
  readonly trpc: { readonly context?: Readonly<Record<string, unknown>> };
}

/**
 * Where events are looked for. What happened outside any workspace (an id of another region, a refused sign-in) is in
 * the tenant's view only.
 * @param unasked the place when the address names none and there is a choice
 */
export function useAuditScope(
  permission: "audit_event:read" | "security_event:read",
  asked: AuditPlace | undefined,
  unasked: AuditPlace,
): AuditScope {
  const { id: workspaceId, mayEverywhere } = useWorkspace();
  const mayChoose = mayEverywhere(permission);
  const place = mayChoose ? (asked ?? unasked) : "here";
  const here: AuditScope = { place, mayChoose, input: { workspaceId }, trpc: {} };
  return place === "tenant" ? widest(here) : here;
}

/** All that may be looked at. */
export function widest(scope: AuditScope): AuditScope {
  if (!scope.mayChoose) return scope;
  return { place: "tenant", mayChoose: true, input: {}, trpc: EVERYWHERE };
}
