import pg from "pg";
import { connectionSurvives, toDbError } from "./driver-errors.ts";
import { CellUnavailable, NestedScope, NoScope, SeveralStatements } from "./errors.ts";
import { poolDefaults } from "./pool-defaults.ts";
import { isInTransaction, passages, type Scope } from "./scope.ts";
import { ScopedConnection, type Statement } from "./scoped-connection.ts";
import { PrepareScope, type QueryCallback, ScopedQuery } from "./scoped-query.ts";

/**
 * The pool behind Prisma. A statement goes out together with its scope, before one Sync: one round trip, one implicit
 * transaction. An interactive transaction begins with its scope. Without a scope nothing goes out.
 */
export class ScopedPool extends pg.Pool {
  constructor(url: string, size: number) {
    super({
      ...poolDefaults(url, size),
      Client: ScopedConnection,
      // The pool waits for the promise; its types do not say so.
      onConnect: (client) => prepareScope(client) as never,
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
  run<R extends pg.QueryResultRow>(
    scope: Scope,
    statement: pg.QueryConfig<unknown[]>,
  ): Promise<pg.QueryResult<R>> {
    return new Promise((resolve, reject) => {
      if (isInTransaction()) throw new NestedScope();
      // With a callback: this is the path of every read, and pg's promises cost it a tenth.
      super.connect((error, client) => {
        if (client === undefined) return reject(toDbError(error));
        send<R>(client, scope, statement, (failure, result) => {
          if (result === undefined) reject(toDbError(failure));
          else resolve(result);
        });
      });
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
    // Back to the pool only when idle and of use; anything else (an open transaction, a broken socket) is closed.
    client.release = () => {
      client.leave();
      release(client.getTransactionStatus() !== "I" || !client.survives);
    };
    return client;
  }
}

/** Once for each connection: without it no statement has a scope. */
function prepareScope(client: pg.ClientBase): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query(
      new PrepareScope((error) => {
        if (error === null) resolve();
        else reject(new CellUnavailable(`no scope can be opened: ${error.message}`, error));
      }),
    );
  });
}

/** Sends one statement with its scope and puts the connection back, or away when it is broken. Calls back once. */
function send<R extends pg.QueryResultRow>(
  client: pg.PoolClient,
  scope: Scope,
  statement: pg.QueryConfig<unknown[]>,
  callback: QueryCallback<R>,
): void {
  // pg calls back twice for a value that it cannot write: once for that, once for the connection that is closed for it.
  let out = true;
  const finish: QueryCallback<R> = (error, result) => {
    if (!out) return;
    out = false;
    client.release(error !== null && !connectionSurvives(error));
    callback(error, result);
  };
  client.query(new ScopedQuery<R>(statement, scope, finish));
}
