import { t } from "../../trpc/init.ts";
import { createTenant } from "./create-tenant.ts";
import { inviteAdministrator } from "./invite-administrator.ts";
import { listTenants } from "./list-tenants.ts";
import { readTenant } from "./read-tenant.ts";

export const tenantRouter = t.router({
  create: createTenant,
  inviteAdministrator: inviteAdministrator,
  list: listTenants,
  read: readTenant,
});
