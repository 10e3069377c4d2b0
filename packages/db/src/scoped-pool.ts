import pg from "pg";
import { connectionSurvives, toDbError } from "./driver-errors.ts";
import { NoScope, SeveralStatements } from "./errors.ts";
import { poolDefaults } from "./pool-defaults.ts";
import { passages, type Scope } from "./scope.ts";
import { ScopedConnection, type Statement } from "./scoped-connection.ts";
import { PrepareScope, ScopedQuery } from "./scoped-query.ts";

/**
 * The pool behind Prisma. A statement goes out together with its scope, before one Sync: one round trip, one implicit
 * transaction. An interactive transaction begins with its scope. Without a scope nothing goes out.
 */
export class ScopedPool extends pg.Pool {
  constructor(url: string, size: number) {
    super({
      ...poolDefaults(url, size),
      Client: ScopedConnection,
      onConnect: (client) => client.query(new PrepareScope() as never),
    });
    // A connection that dies in the pool is dropped by it; the next query opens another.
    this.on("error", () => undefined);
  }

  /** @returns `never` stands for the promise: nothing else fits all of the overloads */
  override query(statement: unknown): never {
    return this.#fromPrisma(statement as Statement) as never;
  }

  async #fromPrisma(statement: Statement): Promise<pg.QueryArrayResult> {
    const passage = passages.getStore();
    if (passage === undefined) throw new NoScope();
    if (passage.statements > 0 || passage.mode !== "single") throw new SeveralStatements();
    passage.statements = 1;
    return this.run(passage.scope, statement);
  }

  /** Runs one statement of our own in `scope`. */
  async run<R extends pg.QueryResultRow>(
    scope: Scope,
    statement: pg.QueryConfig<unknown[]>,
  ): Promise<pg.QueryResult<R>> {
    const client = await this.#checkOut();
    return new Promise((resolve, reject) => {
      let out = true;
      const finish = (error: Error | undefined, result?: pg.QueryResult<R>) => {
        if (!out) return;
        out = false;
        client.off("error", finish);
        client.release(error !== undefined && !connectionSurvives(error));
        if (result === undefined) reject(toDbError(error));
        else resolve(result);
      };
      // A backend killed meanwhile: without a listener that would end the process.
      client.on("error", finish);
      client.query(
        new ScopedQuery<R>(statement, scope, (error, result) =>
          finish(error ?? undefined, error ? undefined : result),
        ),
      );
    });
  }

  async #checkOut(): Promise<pg.PoolClient> {
    try {
      return await super.connect();
    } catch (error) {
      throw toDbError(error);
    }
  }

  /** For interactive transactions only: the connection's BEGIN carries the scope. */
  override connect(callback?: unknown): never {
    if (callback !== undefined) throw new TypeError("only the promise form is used");
    return this.#connectForTransaction() as never;
  }

  async #connectForTransaction(): Promise<pg.PoolClient> {
    const passage = passages.getStore();
    if (passage === undefined) throw new NoScope();
    if (passage.mode === "single") throw new SeveralStatements();
    const client = await this.#checkOut();
    if (!(client instanceof ScopedConnection)) throw new TypeError("a connection of another pool");
    client.enter(passage);
    const release = client.release.bind(client);
    // Back to the pool only when idle; anything else (an open transaction, a broken socket) is closed.
    client.release = () => {
      client.leave();
      release(client.getTransactionStatus() !== "I");
    };
    return client;
  }
}
