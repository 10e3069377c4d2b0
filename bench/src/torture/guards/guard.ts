/** One thing that keeps somebody from what is not theirs, how to take it away, and the tests that must then fail. */
export interface Guard {
  readonly name: string;
  readonly removal: Edit | Sql;
  /** A vitest project, a file of it, and the test by name where the file has many. */
  readonly caughtBy: { readonly project: string; readonly file: string; readonly test?: string };
}

/** In a source file or a migration: a text that is there exactly once, and what stands there without the guard. */
export interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** One more migration, after all others. */
export interface Sql {
  readonly sql: string;
}
