import { ListServices, ServicePage } from "@aic-sos/contract/services";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { serviceStore } from "./service.store.ts";

export const listServices = rbacProcedure("service:read", {
  rest: "GET /services",
  summary: "List the services with a role here",
  input: ListServices,
  output: ServicePage,
}).query(({ ctx, input }) => serviceStore.list(ctx.grant, input, ctx.deps.now()));
