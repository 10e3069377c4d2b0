import { SwitchedService, SwitchService } from "@aic-sos/contract/services";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { serviceStore } from "./service.store.ts";

export const enableService = rbacProcedure("service:enable", {
  rest: "POST /services/{serviceId}/enable",
  summary: "Let a disabled service call again, with the keys it still has",
  input: SwitchService,
  output: SwitchedService,
}).mutation(({ ctx, input }) => serviceStore.enable(ctx.grant, input.serviceId));
