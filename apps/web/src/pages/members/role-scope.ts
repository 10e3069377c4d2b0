/** Where a role is to hold: in the open workspace, or in all of the tenant. */
export type RoleScope = "here" | "everywhere";

/** The same as input: one workspace or the whole tenant, never both. */
export function scopeInput(
  scope: RoleScope,
  workspaceId: string,
): { workspaceId?: string; tenantWide: boolean } {
  return scope === "everywhere" ? { tenantWide: true } : { workspaceId, tenantWide: false };
}
