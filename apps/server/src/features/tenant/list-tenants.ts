import { ListTenants, TenantPage } from "@aic-sos/contract/tenants";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { tenantStore } from "./tenant.store.ts";

export const listTenants = rbacProcedure("tenant:list", {
  rest: "GET /tenants",
  summary: "List the tenants of a region, newest first; nothing that is theirs",
  input: ListTenants,
  output: TenantPage,
}).query(({ ctx, input }) => tenantStore.list(ctx, input));
