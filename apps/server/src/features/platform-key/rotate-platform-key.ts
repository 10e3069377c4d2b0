import { RotatedPlatformKey, RotatePlatformKey } from "@aic-sos/contract/platform-key";
import { limitRate } from "../../limit-rate.ts";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { platformKeyStore } from "./platform-key.store.ts";

/** Over all replicas. */
const ROTATIONS_PER_MINUTE = 60;

export const rotatePlatformKey = rbacProcedure("platform_key:rotate", {
  rest: "POST /platform-key/rotate",
  summary: "Make a new platform key, shown once; the old one goes on for an overlap of 0 to 48 h",
  input: RotatePlatformKey,
  output: RotatedPlatformKey,
  status: 201,
  secretAnswer: ({ id }) => id,
}).mutation(async ({ ctx, input }) => {
  const limit = { points: ROTATIONS_PER_MINUTE, seconds: 60 };
  await limitRate(ctx.grant.cell, "platform-keys", ctx.grant.tenantId, limit);
  return platformKeyStore.rotate(ctx, input);
});
