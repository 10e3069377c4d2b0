import { z } from "zod";
import { Id } from "./ids.ts";

/** True or false, also as the text of a query. */
export const Flag = z.union([
  z.boolean(),
  z.stringbool({ truthy: ["true"], falsy: ["false"], case: "sensitive" }),
]);

/** Where to act: in one workspace, or (on purpose) in the whole tenant, which only a tenant-wide role can. */
export const placeInput = {
  workspaceId: Id.optional(),
  tenantWide: Flag.default(false),
};
