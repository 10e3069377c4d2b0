import pg from "pg";
import { connectionSurvives, toDbError } from "./driver-errors.ts";

/**
 * One READ COMMITTED transaction on a pool of a role without tenants (sealer, jobs). Rolls back when `fn` throws; what
 * the database or the network throws becomes one of our errors.
 */
export async function plainTransaction<T>(
  pool: pg.Pool,
  fn: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await connect(pool);
  let lost = false;
  const onError = () => {
    lost = true;
  };
  client.on("error", onError);
  try {
    await client.query("BEGIN");
    const answer = await fn(client);
    await client.query("COMMIT");
    return answer;
  } catch (error) {
    if (error instanceof pg.DatabaseError && !connectionSurvives(error)) lost = true;
    if (!lost) await client.query("ROLLBACK").catch(onError);
    throw lost || error instanceof pg.DatabaseError ? toDbError(error) : error;
  } finally {
    client.off("error", onError);
    client.release(lost);
  }
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw toDbError(error);
  }
}
