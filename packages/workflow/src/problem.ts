/** Every rule of the format that a definition can break; docs/README list them in words. */
export const RULES = [
  // The text
  "too-large",
  "too-many-tokens",
  "too-deep",
  "invalid-character",
  "yaml-syntax",
  "empty-document",
  "multiple-documents",
  "directive",
  "alias",
  "tag",
  "merge-key",
  "key-type",
  "reserved-key",
  "duplicate-key",
  "number-range",
  // The shape
  "missing-field",
  "unknown-field",
  "wrong-type",
  "not-allowed-value",
  "invalid-value",
  "reserved-name",
  // The graph
  "duplicate-id",
  "unknown-need",
  "cycle",
  // The declared values
  "schema-reference",
  "schema-pattern",
  "schema-cost",
  "schema-invalid",
  "schema-default",
  "metadata-class",
  // The expressions
  "expression-place",
  "expression-syntax",
  "expression-unsupported",
  "expression-type",
  "expression-limit",
  "unknown-reference",
  "step-not-run",
  "content-in-expression",
] as const;

export type Rule = (typeof RULES)[number];

/** One thing that is wrong with a definition, at its place in the source. */
export type Problem = {
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units, as editors count. */
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  /** Such as `spec.steps[2].needs[0]`; empty for the whole file. */
  readonly path: string;
  readonly rule: Rule;
  /** What is wrong, with which value. */
  readonly message: string;
  /** What would have been right there, where that is a list. */
  readonly allowed?: readonly string[];
};
