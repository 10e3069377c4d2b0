import pg from "pg";
import { BEGIN_SCOPE, scopeValues } from "./begin-scope.ts";
import type { Scope } from "./scope.ts";

/** The parts of pg's connection that write messages. Its published types ask for an argument that is long gone. */
interface Wire {
  parse(message: { text: string; name?: string }): void;
  bind(message: { portal?: string; statement?: string; values?: readonly (string | null)[] }): void;
  execute(message: { portal?: string; rows?: number }): void;
  sync(): void;
  readonly stream: { readonly writable: boolean; write(chunk: Buffer): boolean };
}

declare module "pg" {
  // What pg.Query has and its types lack; `prepare` writes the messages between cork and uncork.
  interface Query<R, I> {
    name: string | undefined;
    values: unknown[] | undefined;
    queryMode: string | undefined;
    prepare(connection: Wire): void;
    handleRowDescription(message: object): void;
    handleDataRow(message: object): void;
    handleCommandComplete(message: object, connection: Wire): void;
  }
}

/** What pg accepts beyond its types: `queryMode: "extended"` also without values. */
interface ExtendedQueryConfig extends pg.QueryConfig<unknown[]> {
  readonly queryMode: "extended";
}

/** Called once, as pg calls back: with an error, or with null and a result. */
export type QueryCallback<R extends pg.QueryResultRow> = (
  error: Error | null,
  result?: pg.QueryResult<R>,
) => void;

const SCOPE_STATEMENT = "begin_scope";

/** A statement of ours, or one of Prisma's, which asks for arrays. */
type ScopedStatement = pg.QueryConfig<unknown[]> & { readonly rowMode?: "array" };

/** Prepares `BEGIN_SCOPE` on a new connection, without running it. */
export class PrepareScope extends pg.Query {
  constructor(callback: QueryCallback<never>) {
    super({ name: SCOPE_STATEMENT, text: BEGIN_SCOPE }, callback as never);
  }

  override prepare(connection: Wire): void {
    connection.parse({ name: SCOPE_STATEMENT, text: BEGIN_SCOPE });
    connection.sync();
  }
}

/** What pg's result makes of the description of its rows, and its types lack in part. */
interface Described {
  fields: pg.FieldDef[];
  _parsers: unknown;
  _prebuiltEmptyResultObject: unknown;
}

/** What one connection knows of its named statements. */
class Prepared {
  /** How their rows are read, as it was found with the first answer. */
  readonly rows = new Map<string, Described>();
  /** The connection, but for Describe, and with a stream that only collects. */
  readonly collecting: Wire;
  #chunks: Buffer[] = [];

  constructor(connection: Wire) {
    const write = (chunk: Buffer): boolean => this.#chunks.push(chunk) > 0;
    this.collecting = Object.create(connection, {
      describe: { value: () => undefined },
      stream: { value: { writable: true, write } },
    });
  }

  take(): Buffer {
    const taken = Buffer.concat(this.#chunks);
    this.#chunks = [];
    return taken;
  }
}

const preparedOf = new WeakMap<Wire, Prepared>();

/** One statement in its scope: `BEGIN_SCOPE` and the statement before a single Sync, so one implicit transaction. */
export class ScopedQuery<R extends pg.QueryResultRow> extends pg.Query<R> {
  readonly #scope: Scope;
  #inScope = false;
  #prepared: Prepared | undefined;
  #rows: Described | undefined;
  readonly #read: Described;

  constructor(config: ScopedStatement, scope: Scope, callback: QueryCallback<R>) {
    // The text alone: pg copies a configuration by its property descriptors, for which every read would pay.
    super(config.text, callback as never);
    this.name = config.name;
    this.values = config.values;
    this.queryMode = "extended";
    const result = new pg.Result(config.rowMode ?? "", config.types as never);
    Object.assign(this, {
      _rowMode: config.rowMode,
      _result: result,
      _results: result,
      _accumulateRows: true,
    });
    this.#read = result as unknown as Described;
    this.#scope = scope;
  }

  /**
   * A named statement is described once per connection: its later answers are read in the same way, which pg would ask for
   * and find anew each time, and its messages go out as one. PostgreSQL itself refuses a statement whose result type has changed
   * meanwhile.
   */
  override prepare(connection: Wire): void {
    let prepared = preparedOf.get(connection);
    if (prepared === undefined) preparedOf.set(connection, (prepared = new Prepared(connection)));
    this.#prepared = prepared;
    this.#rows = this.name ? prepared.rows.get(this.name) : undefined;
    if (this.#rows === undefined) {
      sendScope(connection, this.#scope);
      return super.prepare(connection);
    }
    // What a statement that failed to be written has left.
    prepared.take();
    sendScope(prepared.collecting, this.#scope);
    super.prepare(prepared.collecting);
    if (connection.stream.writable) connection.stream.write(prepared.take());
  }

  override handleRowDescription(message: object): void {
    super.handleRowDescription(message);
    const { fields, _parsers, _prebuiltEmptyResultObject } = this.#read;
    if (this.name)
      this.#prepared?.rows.set(this.name, { fields, _parsers, _prebuiltEmptyResultObject });
  }

  override handleDataRow(message: object): void {
    if (this.#inScope) super.handleDataRow(message);
  }

  override handleCommandComplete(message: object, connection: Wire): void {
    if (this.#inScope) return super.handleCommandComplete(message, connection);
    this.#inScope = true;
    if (this.#rows !== undefined) Object.assign(this.#read, this.#rows);
  }
}

/** BEGIN and `BEGIN_SCOPE` before a single Sync. */
export class BeginQuery extends pg.Query {
  readonly #begin: string;
  readonly #scope: Scope;

  constructor(begin: string, scope: Scope, callback: QueryCallback<never>) {
    super({ text: begin, queryMode: "extended" } as ExtendedQueryConfig, callback as never);
    this.#begin = begin;
    this.#scope = scope;
  }

  override prepare(connection: Wire): void {
    connection.parse({ text: this.#begin });
    connection.bind({});
    connection.execute({});
    sendScope(connection, this.#scope);
    connection.sync();
  }

  override handleDataRow(): void {
    // what BEGIN_SCOPE has set
  }
}

function sendScope(connection: Wire, scope: Scope): void {
  connection.bind({ statement: SCOPE_STATEMENT, values: scopeValues(scope) });
  connection.execute({});
}
