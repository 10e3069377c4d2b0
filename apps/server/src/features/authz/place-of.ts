import type { Scope } from "@aic-sos/policy/decide";
import { type Grant, TENANT_WIDE } from "@aic-sos/policy/grant";

/** Where a question would act: the whole tenant, a workspace that it or the header names, or none. */
export function placeOf(
  { tenantId, region, cell }: Grant,
  input: { readonly workspaceId?: string | undefined; readonly tenantWide: boolean },
  header: string | undefined,
): Scope {
  const named = input.workspaceId ?? header?.toLowerCase() ?? null;
  return { tenantId, region, cell, workspaceId: input.tenantWide ? TENANT_WIDE : named };
}
