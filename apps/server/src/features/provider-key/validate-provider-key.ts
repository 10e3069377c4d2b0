import { ValidatedKey, ValidateKey } from "@aic-sos/contract/provider-keys";
import { AppError } from "../../app-error.ts";
import { limitRate } from "../../limit-rate.ts";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { listModels } from "./list-models.ts";
import { providerKeyStore, sealContext } from "./provider-key.store.ts";

/** Tries of one workspace in one minute, over all replicas. */
const TRIES_PER_MINUTE = 3;

export const validateProviderKey = rbacProcedure("provider_key:validate", {
  rest: "POST /validate-key",
  summary: "Ask the provider whether a stored key works; a failure warns and changes nothing else",
  input: ValidateKey,
  output: ValidatedKey,
}).mutation(async ({ ctx, input }) => {
  const { grant, deps } = ctx;
  const stored = await providerKeyStore.readSealed(grant, input.providerKeyId);
  await limitRate(grant.cell, "validate-key", `${grant.tenantId}/${grant.workspaceId}`, {
    points: TRIES_PER_MINUTE,
    seconds: 60,
  });
  const hosts = deps.config.regions[grant.region]?.providers;
  if (!hosts)
    throw new AppError("unavailable", "The region's configuration names no provider hosts.");
  const opened = await deps
    .keyringOf(grant.cell)
    .open(grant.tenantId, stored.sealed, sealContext(grant.tenantId, stored.versionId));
  const listed = await listModels(
    hosts,
    stored.provider,
    stored.endpoint,
    Buffer.from(opened).toString("utf8"),
  );
  const checkedAt = new Date(deps.now());
  return providerKeyStore.recordHealth(grant, input.providerKeyId, listed.health, checkedAt, {
    ...listed,
    providerKeyId: input.providerKeyId,
    checkedAt: checkedAt.toISOString(),
  });
});
