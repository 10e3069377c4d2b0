import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";

/** One migration folder, in Prisma's layout. */
export interface MigrationFile {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file in hex, as Prisma writes it. */
  readonly checksum: string;
}

const MIGRATIONS_FOLDER = new URL("../prisma/migrations/", import.meta.url);

/** The migrations of this version of the code, oldest first. */
export function migrationFiles(folder: URL = MIGRATIONS_FOLDER): readonly MigrationFile[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted()
    .map((name) => {
      const sql = readFileSync(new URL(`${name}/migration.sql`, folder), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql, "utf8").digest("hex") };
    });
}
