/**
 * Every bound of the format in one place. A definition comes from a customer, so each stage stops at a
 * number before its time or memory can grow: the lexer at tokens, the composer at depth, schemas at their
 * expanded size, patterns at program size times text, expressions at nodes.
 */
export const LIMITS = {
  /** UTF-8 bytes of the source. */
  sourceBytes: 1_000_000,
  /** Tokens of the lexer, and backslashes: a bad escape costs as much as a token. */
  sourceTokens: 50_000,
  /** Nested mappings and lists. */
  depth: 48,
  /** Problems reported in one pass. */
  problems: 50,

  steps: 100,
  needsPerStep: 50,
  inputs: 50,
  outputsPerStep: 20,
  labels: 32,
  promptCharacters: 32_768,
  approvers: 10,
  /** The longest `wait` and the longest life of an approval. */
  durationDays: 90,

  /** Evaluations one value of a schema can cost, with every local `$ref` written out. */
  schemaCost: 500,
  /** The same for all the schemas of one workflow. */
  workflowSchemaCost: 2_000,
  /** `uniqueItems` compares each pair of items, so it costs as much as this many keywords. */
  uniqueItemsCost: 50,
  patternCharacters: 256,
  patternsPerWorkflow: 100,
  /** Instructions of a compiled pattern. */
  patternProgram: 2_000,
  /** Instructions times characters, for all the patterns run by one check of inputs. */
  patternWork: 100_000_000,

  expressionCharacters: 1_024,
  /** There are no loops in our expressions, so no evaluation takes more steps than this. */
  expressionNodes: 200,
  expressionDepth: 24,
  expressionListItems: 64,
  expressionsPerWorkflow: 1_000,

  metadataCharacters: 128,

  inputDepth: 16,
  inputValues: 10_000,
  inputListItems: 1_000,
  inputCharacters: 262_144,
} as const;
