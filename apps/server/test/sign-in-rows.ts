import type { TestTenant } from "@aic-sos/testkit/make-tenant";
import { freshId } from "@aic-sos/testkit/make-id";
import type { Client } from "pg";

export interface SignInRows {
  readonly identityProviderId: string;
  readonly emailDomainId: string;
  readonly groupRuleId: string;
}

let count = 0;

/** A provider that nobody can reach, a domain and a rule: what only a tenant-wide administrator could make. */
export async function makeSignInRows(
  db: Client,
  tenant: TestTenant,
  createdBy: string,
): Promise<SignInRows> {
  count += 1;
  const [identityProviderId, emailDomainId, groupRuleId] = [
    freshId(tenant.cell),
    freshId(tenant.cell),
    freshId(tenant.cell),
  ];
  await db.query(
    "insert into identity_providers (tenant_id, id, issuer, client_id) values ($1, $2, $3, 'test')",
    // Not public, so that it is refused before anybody is asked.
    [tenant.id, identityProviderId, `https://127.0.0.1/${count}`],
  );
  await db.query(
    "insert into email_domains (tenant_id, id, domain, challenge) values ($1, $2, $3, repeat('c', 43))",
    [tenant.id, emailDomainId, `place-${count}.example.test`],
  );
  await db.query(
    "insert into group_rules (tenant_id, id, group_name, role, created_by) values ($1, $2, $3, 'Operator', $4)",
    [tenant.id, groupRuleId, `place-${count}`, createdBy],
  );
  return { identityProviderId, emailDomainId, groupRuleId };
}
