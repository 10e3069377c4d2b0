import { DisabledPlatformKey, DisablePlatformKey } from "@aic-sos/contract/platform-key";
import { AppError } from "../../app-error.ts";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { platformKeyStore } from "./platform-key.store.ts";

export const disablePlatformKey = rbacProcedure("platform_key:disable", {
  rest: "POST /platform-key/disable",
  summary: "End the platform key at once, everywhere; refused while nobody could log in instead",
  input: DisablePlatformKey,
  output: DisabledPlatformKey,
}).mutation(async ({ ctx }) => {
  if (ctx.deps.config.platform.login === undefined) {
    throw new AppError(
      "conflict",
      "No platform login is configured, so nobody could get in any more; configure platform.login first.",
    );
  }
  return platformKeyStore.disable(ctx);
});
