import { z } from "zod";

/** A region's name, such as `eu-west-1`. Which regions exist is in `config/regions.yaml`, not in code. */
export const RegionName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,31}$/, "must be a region's name such as us-east-1 or eu-west-1")
  .meta({ id: "RegionName", example: "eu-west-1" });

/** The short label that people know a region by: `US`, `EU`. */
export function regionLabel(region: string): string {
  return region.slice(0, 2).toUpperCase();
}
