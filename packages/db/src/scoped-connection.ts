import pg from "pg";
import { connectionSurvives, toDbError } from "./driver-errors.ts";
import { type DbError, RefusedByDatabase } from "./errors.ts";
import type { Passage } from "./scope.ts";
import { BeginQuery } from "./scoped-query.ts";

/** What `@prisma/adapter-pg` sends; `name` is empty for statements that are not to be kept. */
export type Statement = pg.QueryArrayConfig<unknown[]>;

const BEGIN = {
  snapshot: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
  transaction: "BEGIN",
} as const;

/** A connection that sends the scope along with BEGIN, and knows that a COMMIT can turn out to be a ROLLBACK. */
export class ScopedConnection extends pg.Client {
  #passage: Passage | undefined;
  #firstFailure: DbError | undefined;
  #survives = true;

  constructor(config?: pg.ClientConfig) {
    super(config);
    // A backend killed meanwhile: pg tells the query that waits, and without a listener this would end the process.
    this.on("error", () => undefined);
  }

  /** False once it has seen an error that makes it useless. */
  get survives(): boolean {
    return this.#survives;
  }

  /** From now on statements belong to the transaction of `passage`. */
  enter(passage: Passage): void {
    this.#passage = passage;
    this.#firstFailure = undefined;
  }

  leave(): void {
    this.#passage = undefined;
  }

  /** @returns `never` stands for the promise: nothing else fits all of the overloads */
  override query(statement: unknown, ...rest: unknown[]): never {
    const passage = this.#passage;
    if (passage === undefined || statement instanceof pg.Query) {
      return super.query(statement as string, ...(rest as [])) as never;
    }
    return this.#inTransaction(statement as Statement, passage) as never;
  }

  async #inTransaction(statement: Statement, passage: Passage): Promise<pg.QueryArrayResult> {
    try {
      if (statement.text === "BEGIN") return await this.#begin(passage);
      if (statement.text === "COMMIT") return await this.#commit(statement);
      passage.statements += 1;
      return await super.query(statement);
    } catch (error) {
      const failure = toDbError(error);
      // An error of ours comes from `#commit`: the server has answered.
      if (failure !== error) this.#survives &&= connectionSurvives(error);
      this.#firstFailure ??= failure;
      throw failure;
    }
  }

  async #begin({ mode, scope }: Passage): Promise<pg.QueryArrayResult> {
    const begin = BEGIN[mode === "snapshot" ? "snapshot" : "transaction"];
    try {
      return await new Promise((resolve, reject) => {
        super.query(
          new BeginQuery(begin, scope, (error, result) =>
            result === undefined ? reject(error) : resolve(result),
          ),
        );
      });
    } catch (error) {
      // BEGIN succeeded and the scope was refused: leave the failed transaction, so that the connection can be kept.
      await super.query("ROLLBACK").catch(() => undefined);
      throw error;
    }
  }

  /** Postgres answers COMMIT of a failed transaction with success and the word ROLLBACK: then say what had failed. */
  async #commit(statement: Statement): Promise<pg.QueryArrayResult> {
    const result = await super.query(statement);
    if (result.command === "COMMIT") return result;
    throw this.#firstFailure ?? new RefusedByDatabase(`COMMIT was answered by ${result.command}`);
  }
}
