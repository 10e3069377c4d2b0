import { Client } from "pg";

/**
 * Takes from PUBLIC the functions by which SQL makes, reads and writes large objects: these are outside row-level security, so
 * all tenants would share them.
 * @param url of the database, as a superuser: the functions are PostgreSQL's own, so nobody else may
 */
export async function closeLargeObjects(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ signature: string }>(OPEN_TO_PUBLIC);
    if (rows.length === 0) return;
    const functions = rows.map(({ signature }) => signature).join(", ");
    await client.query(`REVOKE EXECUTE ON FUNCTION ${functions} FROM PUBLIC`);
  } finally {
    await client.end();
  }
}

/** By what they run, not by name: PostgreSQL's own code for large objects is called `be_lo…`. */
const OPEN_TO_PUBLIC = `
  SELECT p.oid::regprocedure::text AS signature
  FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
  WHERE l.lanname = 'internal' AND p.prosrc LIKE 'be\\_lo%'
    AND EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
      WHERE a.grantee = 0 AND a.privilege_type = 'EXECUTE')
  ORDER BY 1`;
