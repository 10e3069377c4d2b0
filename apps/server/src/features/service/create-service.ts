import { CreateService, Service } from "@aic-sos/contract/services";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { serviceStore } from "./service.store.ts";

export const createService = rbacProcedure("service:create", {
  rest: "POST /services",
  summary: "Create a service with roles in the workspace or, tenant-wide, in the tenant",
  input: CreateService,
  output: Service,
  status: 201,
}).mutation(({ ctx, input }) => serviceStore.create(ctx.grant, input));
