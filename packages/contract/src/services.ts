import { z } from "zod";
import { Id } from "./ids.ts";
import { RoleBinding } from "./members.ts";
import { pageInput, pageOf } from "./page.ts";
import { placeInput } from "./place.ts";
import { Role } from "./roles.ts";
import { Instant } from "./text.ts";

/** What a service is called in its tenant, for ever: client certificates name it, too. */
export const ServiceName = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    "must be 1 to 63 lower-case letters, digits and inner hyphens",
  );

/** Services never approve. */
export const ServiceRole = Role.exclude(["Approver"], { error: "cannot be a service's role" });

/** A program that calls us. It lives in one workspace, or in the whole tenant, where all of its roles are. */
export const Service = z
  .object({
    id: Id,
    name: z.string(),
    state: z.enum(["active", "disabled"]),
    bindings: z.array(RoleBinding),
    /** Keys that work now. */
    liveKeys: z.int().nonnegative(),
    /** When the last of them ends; null where none does, or none lives. */
    keysEndAt: Instant.nullable(),
    lastUsedAt: Instant.nullable(),
    createdAt: Instant,
  })
  .meta({ id: "Service" });
export type Service = z.infer<typeof Service>;

export const CreateService = z.object({
  name: ServiceName,
  roles: z.array(ServiceRole).min(1, "must name at least one role").max(4),
  ...placeInput,
});
export const ListServices = z.object({ workspaceId: Id.optional(), ...pageInput });
export const ServicePage = pageOf(Service);
export const SwitchService = z.object({ serviceId: Id, ...placeInput });
export const SwitchedService = z
  .object({ id: Id, state: z.enum(["active", "disabled"]) })
  .meta({ id: "SwitchedService" });
