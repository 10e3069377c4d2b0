import { randomBytes } from "node:crypto";
import { makeAuthority } from "@aic-sos/testkit/make-certificate";
import type { TestTenant } from "@aic-sos/testkit/make-tenant";
import { freshId } from "@aic-sos/testkit/make-id";
import type { Harness } from "./harness.ts";

export interface SignInRows {
  readonly identityProviderId: string;
  readonly emailDomainId: string;
  readonly groupRuleId: string;
  readonly clientAuthorityId: string;
}

let count = 0;

/** A provider, a domain, a rule and a CA: what only a tenant-wide administrator could make. */
export async function makeSignInRows(
  harness: Harness,
  tenant: TestTenant,
  createdBy: string,
): Promise<SignInRows> {
  count += 1;
  const cell = tenant.cell === harness.us.code ? harness.us : harness.eu;
  const db = await harness.cells.superuser(cell);
  const domain = `place-${count}.example.test`;
  const challenge = "c".repeat(43);
  harness.outside.txt.set(`_aic-sos-challenge.${domain}`, [
    `aic-sos-domain-verification=${challenge}`,
  ]);
  const [identityProviderId, emailDomainId, groupRuleId, clientAuthorityId] = [
    freshId(tenant.cell),
    freshId(tenant.cell),
    freshId(tenant.cell),
    freshId(tenant.cell),
  ];
  await db.query(
    "insert into identity_providers (tenant_id, id, issuer, client_id) values ($1, $2, $3, 'test')",
    [tenant.id, identityProviderId, `${harness.outside.issuer}/row-${count}`],
  );
  await db.query(
    "insert into email_domains (tenant_id, id, domain, challenge) values ($1, $2, $3, $4)",
    [tenant.id, emailDomainId, domain, challenge],
  );
  await db.query(
    "insert into group_rules (tenant_id, id, group_name, role, created_by) values ($1, $2, $3, 'Operator', $4)",
    [tenant.id, groupRuleId, `place-${count}`, createdBy],
  );
  await db.query(
    `insert into client_authorities (tenant_id, id, name, certificate_pem, fingerprint, subject, not_after, created_by)
      values ($1, $2, 'CA', $3, $4, 'CN=CA', now() + interval '1 day', $5)`,
    [tenant.id, clientAuthorityId, makeAuthority().pem, randomBytes(32).toString("hex"), createdBy],
  );
  return { identityProviderId, emailDomainId, groupRuleId, clientAuthorityId };
}
