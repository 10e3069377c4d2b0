/** What a record can be. Its metadata is always kept, its content only in a workspace of mode `full`. */
export const RECORD_KINDS = [
  "run_input",
  "step_output",
  "prompt",
  "completion",
  "attachment",
] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];
