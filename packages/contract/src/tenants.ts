import { z } from "zod";
import { Id } from "./ids.ts";
import { pageInput, pageOf } from "./page.ts";
import { RegionName } from "./regions.ts";
import { DisplayName, Email, Instant, Slug } from "./text.ts";

export const Tenant = z
  .object({
    id: Id,
    name: z.string(),
    slug: z.string(),
    region: RegionName,
    state: z.enum(["active", "offboarded"]),
    createdAt: Instant,
  })
  .meta({ id: "Tenant" });
export type Tenant = z.infer<typeof Tenant>;

/** The slug is made from the name when none is given. */
export const CreateTenant = z.object({
  name: DisplayName,
  region: RegionName,
  slug: Slug.optional(),
  adminEmail: Email.optional(),
});
export type CreateTenant = z.infer<typeof CreateTenant>;

/** A one-time invitation: shown once, its secret is stored hashed. */
export const IssuedInvitation = z
  .object({ id: Id, url: z.string(), email: z.string().nullable(), expiresAt: Instant })
  .meta({ id: "IssuedInvitation" });
export type IssuedInvitation = z.infer<typeof IssuedInvitation>;

export const CreatedTenant = z
  .object({ tenant: Tenant, invitation: IssuedInvitation })
  .meta({ id: "CreatedTenant" });

/** Of one region, where a deployment serves several; of the first one when none is named. */
export const ListTenants = z.object({ region: RegionName.optional(), ...pageInput });
export const TenantPage = pageOf(Tenant);

export const TenantPath = z.object({ tenantId: Id });
export const ReissueInvitation = z.object({ tenantId: Id, email: Email.optional() });
