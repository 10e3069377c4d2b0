import { readdirSync, readFileSync } from "node:fs";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  type ColumnType,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type SqlResultSet,
} from "@prisma/driver-adapter-utils";
import { SchemaEngine } from "@prisma/schema-engine-wasm";
import { Pool } from "pg";

const PRISMA = new URL("../../prisma/", import.meta.url);
const NO_FILTERS = { externalTables: [], externalEnums: [] };

/**
 * How the engine wants the types that its questions to the catalogue answer with. `adapter-pg` cannot read `"char"` (18),
 * so the rows are read here. A type that is not listed makes the test fail rather than read it wrongly.
 */
const COLUMN_TYPES: Readonly<Record<number, ColumnType>> = {
  16: ColumnTypeEnum.Boolean,
  18: ColumnTypeEnum.Character,
  19: ColumnTypeEnum.Text,
  20: ColumnTypeEnum.Int64,
  21: ColumnTypeEnum.Int32,
  23: ColumnTypeEnum.Int32,
  25: ColumnTypeEnum.Text,
  26: ColumnTypeEnum.Int64,
  1009: ColumnTypeEnum.TextArray,
  1043: ColumnTypeEnum.Text,
  1184: ColumnTypeEnum.DateTime,
};

/** Where the engine reports a panic; an empty object makes it panic about that instead. */
declare global {
  var PRISMA_WASM_PANIC_REGISTRY: { set_message(message: string): void };
}
globalThis.PRISMA_WASM_PANIC_REGISTRY = {
  set_message: (message) => {
    throw new Error(`schema engine: ${message}`);
  },
};

/** Prisma's own schema engine over one connection to `url`. The engine takes locks, so it has the connection to itself. */
export async function withSchemaEngine<T>(
  url: string,
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const pool = new Pool({ connectionString: url, max: 1 });
  try {
    const options = { datamodels: schemaFiles().map(({ path, content }) => [path, content]) };
    const factory = bindMigrationAwareSqlAdapterFactory(adapterFactory(pool));
    const engine = await SchemaEngine.new(options as never, () => {}, factory);
    try {
      return await use(engine);
    } finally {
      engine.free();
    }
  } finally {
    await pool.end();
  }
}

/** The SQL that would turn the engine's database into `schema.prisma`; only a remark that it is empty when they are equal. */
export function diffToSchema(engine: SchemaEngine): Promise<string> {
  return engine
    .diff({
      from: { tag: "schemaDatasource", files: schemaFiles(), configDir: "." },
      to: { tag: "schemaDatamodel", files: schemaFiles() },
      script: true,
      exitCode: null,
      filters: NO_FILTERS,
    })
    .then((result) => result.stdout ?? "");
}

/** What Prisma's engine thinks of the history in the database, compared with the folders. */
export function diagnose(engine: SchemaEngine) {
  return engine.diagnoseMigrationHistory({
    migrationsList: migrationsList(),
    optInToShadowDatabase: false,
    filters: NO_FILTERS,
  });
}

function schemaFiles() {
  const path = "schema.prisma";
  return [{ path, content: readFileSync(new URL(path, PRISMA), "utf8") }];
}

function migrationsList() {
  const folders = readdirSync(new URL("migrations/", PRISMA), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
  return {
    baseDir: "migrations",
    lockfile: {
      path: "migration_lock.toml",
      content: readFileSync(new URL("migrations/migration_lock.toml", PRISMA), "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories: folders.map((path) => ({
      path,
      migrationFile: {
        path: "migration.sql",
        content: {
          tag: "ok" as const,
          value: readFileSync(new URL(`migrations/${path}/migration.sql`, PRISMA), "utf8"),
        },
      },
    })),
  };
}

function adapterFactory(pool: Pool): SqlMigrationAwareDriverAdapterFactory {
  const inner = new PrismaPg(pool);
  const connect = async () => adapted(await inner.connect(), pool);
  return {
    provider: "postgres",
    adapterName: inner.adapterName,
    connect,
    connectToShadowDb: () => Promise.reject(new Error("there is no shadow database")),
  };
}

/** `adapter-pg` splits scripts at every `;`, which breaks function bodies, and cannot read `"char"`. */
function adapted(adapter: SqlDriverAdapter, pool: Pool): SqlDriverAdapter {
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    executeRaw: (query) => adapter.executeRaw(query),
    queryRaw: (query) => queryRaw(pool, query),
    executeScript: (script) => pool.query(script).then(() => {}),
    startTransaction: (level) => adapter.startTransaction(level),
    getConnectionInfo: () => ({ schemaName: "public", supportsRelationJoins: true }),
    dispose: () => Promise.resolve(),
  };
}

async function queryRaw(pool: Pool, query: SqlQuery): Promise<SqlResultSet> {
  const result = await pool.query<unknown[]>({
    text: query.sql,
    values: query.args,
    rowMode: "array",
  });
  const columnTypes = result.fields.map((field) => columnTypeOf(field.dataTypeID, field.name));
  return {
    columnNames: result.fields.map((field) => field.name),
    columnTypes,
    rows: result.rows.map((row) => row.map((value, index) => onWire(value, columnTypes[index]))),
  };
}

function columnTypeOf(oid: number, column: string): ColumnType {
  const type = COLUMN_TYPES[oid];
  if (type === undefined)
    throw new Error(`column ${column} has type ${oid}: add it to COLUMN_TYPES`);
  return type;
}

/** The engine takes instants and 64-bit numbers as text. */
function onWire(value: unknown, type: ColumnType | undefined): unknown {
  if (value instanceof Date) return value.toISOString().replace("Z", "+00:00");
  return type === ColumnTypeEnum.Int64 && typeof value === "number" ? String(value) : value;
}
