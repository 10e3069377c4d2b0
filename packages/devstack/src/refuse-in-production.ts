import { DevstackError } from "./devstack-error.ts";

/**
 * Demo people with printed passwords have no place in production.
 * @throws {DevstackError} when `nodeEnv` is `production`
 */
export function refuseInProduction(nodeEnv = process.env["NODE_ENV"]): void {
  if (nodeEnv !== "production") return;
  throw new DevstackError(
    "The embedded database and the demo data are for laptops and tests, and NODE_ENV is production. " +
      "Name your regions.yaml in AIC_CONFIG.",
  );
}
