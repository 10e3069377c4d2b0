import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "../generated/client.ts";

const CONNECTIONS = 10;

/**
 * Prisma as its documentation sets it up, with as many connections as a cell of ours.
 * @param named keeps statements prepared under a name each, as ours does; by default Prisma does not
 */
export function plainClient(url: string, { named = false } = {}): PrismaClient {
  const pool = { connectionString: url, max: CONNECTIONS };
  const adapter = named
    ? new PrismaPg(pool, { statementNameGenerator: names() })
    : new PrismaPg(pool);
  return new PrismaClient({ adapter, errorFormat: "minimal" });
}

function names(): (query: { sql: string }) => string {
  const known = new Map<string, string>();
  return ({ sql }) => {
    const name = known.get(sql) ?? `p${known.size}`;
    known.set(sql, name);
    return name;
  };
}
