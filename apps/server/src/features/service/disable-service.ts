import { SwitchedService, SwitchService } from "@aic-sos/contract/services";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { serviceStore } from "./service.store.ts";

export const disableService = rbacProcedure("service:disable", {
  rest: "POST /services/{serviceId}/disable",
  summary: "Disable a service; effective at its next request",
  input: SwitchService,
  output: SwitchedService,
}).mutation(({ ctx, input }) => serviceStore.disable(ctx.grant, input.serviceId, ctx.deps.now()));
