import { Client } from "pg";

/**
 * Takes a tenant's email domain for proved, so that a demo person can sign in by an address.
 * @param ownerUrl the database, as its owner
 */
export async function proveDomain(ownerUrl: string, emailDomainId: string): Promise<void> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const proved = "update email_domains set proved_at = now() where id = $1 and proved_at is null";
    await client.query(proved, [emailDomainId]);
  } finally {
    await client.end();
  }
}
