import type { Repository } from "./repository.ts";

/** A place that breaks a rule. */
export interface Violation {
  readonly path: string;
  readonly line: number;
  /** What is there that must not be. */
  readonly what: string;
}

/** One boundary. `because` says in a sentence or two why it is there, and what to do instead. */
export interface Rule {
  readonly id: string;
  readonly because: string;
  readonly check: (repository: Repository) => Violation[];
}
