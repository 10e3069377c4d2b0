import { CreatedTenant, Tenant } from "@aic-sos/contract/tenants";
import { demoPerson } from "../demo-person.ts";
import type { Check } from "../gate.ts";
import { answered } from "../rest/caller.ts";
import { refused } from "../rest/problem.ts";
import { expectSame } from "../unmet.ts";

/** Name and region make a tenant there; the platform alone may, and a retry with the same key makes no second one. */
export const createTenant: Check = {
  title: "create tenant (name, region)",
  run: async (gate) => {
    const { platform, stranger, stamp, region, otherRegion } = gate;
    const body = {
      name: `Gate ${stamp}`,
      slug: `gate-${stamp}`,
      region,
      adminEmail: demoPerson(gate.dev, region, "WorkspaceAdmin", "everywhere").email,
    };
    refused(await stranger.call("POST", "/api/tenants", { body }), 401, "unauthenticated");
    const idempotencyKey = `gate-${stamp}`;
    const first = await platform.call("POST", "/api/tenants", { body, idempotencyKey });
    const { tenant, invitation } = answered(first, 201, CreatedTenant);
    expectSame("the tenant's name", body.name, tenant.name);
    expectSame("the tenant's region", region, tenant.region);
    gate.made.tenant = tenant;
    gate.made.invitationUrl = invitation.url;

    const again = refused(
      await platform.call("POST", "/api/tenants", { body, idempotencyKey }),
      409,
      "answer_not_kept",
    );
    expectSame("the id that a retry is told", tenant.id, again.resourceId ?? null);
    refused(await platform.call("POST", "/api/tenants", { body }), 409, "already_exists");
    const nowhere = { ...body, slug: `${body.slug}-x`, region: "mars-north-1" };
    refused(await platform.call("POST", "/api/tenants", { body: nowhere }), 400, "invalid_input");
    const seen = answered(await platform.call("GET", `/api/tenants/${tenant.id}`), 200, Tenant);
    expectSame("the tenant as it is read", tenant.name, seen.name);
    return `${tenant.slug} in ${tenant.region}, not ${otherRegion}`;
  },
};
