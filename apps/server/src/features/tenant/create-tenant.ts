import { CreateTenant, CreatedTenant } from "@aic-sos/contract/tenants";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { tenantStore } from "./tenant.store.ts";

export const createTenant = rbacProcedure("tenant:create", {
  rest: "POST /tenants",
  summary:
    "Create a tenant in a region; answers with the one-time invitation of its first administrator",
  input: CreateTenant,
  output: CreatedTenant,
  status: 201,
  secretAnswer: ({ tenant }) => tenant.id,
}).mutation(({ ctx, input }) => tenantStore.create(ctx, input));
