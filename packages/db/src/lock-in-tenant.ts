import { originOf } from "./event-origin.ts";
import type { ScopedTransaction } from "./scoped-client.ts";

/**
 * Takes turns with every transaction of the same tenant that asks for the same name, until this one ends. For a rule
 * over rows that are not there yet, such as "at most twenty": there is nothing else to lock.
 * @param name a constant of the code
 */
export async function lockInTenant(tx: ScopedTransaction, name: string): Promise<void> {
  const { tx: prisma, origin } = originOf(tx);
  const lock = `${name}/${origin.tenantId}`;
  await prisma.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`;
}
