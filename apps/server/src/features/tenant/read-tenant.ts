import { Tenant, TenantPath } from "@aic-sos/contract/tenants";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { tenantStore } from "./tenant.store.ts";

export const readTenant = rbacProcedure("tenant:read", {
  rest: "GET /tenants/{tenantId}",
  summary: "One tenant",
  input: TenantPath,
  output: Tenant,
}).query(({ ctx }) => tenantStore.read(ctx.grant));
