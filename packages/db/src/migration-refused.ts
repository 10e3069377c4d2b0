export type MigrationRefusal =
  | "checksum_changed"
  | "database_newer"
  | "failed"
  | "unfinished"
  | "wrong_marker"
  | "wrong_role";

/** The database was not migrated. The message says why, what of the failing step is in it (as a rule nothing), and what to do. */
export class MigrationRefused extends Error {
  override readonly name = "MigrationRefused";
  readonly code: MigrationRefusal;

  constructor(code: MigrationRefusal, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
