/** JSON, as it may be sent. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export type ParsedInputs =
  | { readonly inputs: Record<string, Json>; readonly error?: undefined }
  | { readonly inputs?: undefined; readonly error: string };

/** Reads a run's inputs as somebody typed them: one JSON object, or nothing for none. */
export function parseInputs(text: string): ParsedInputs {
  if (text.trim() === "") return { inputs: {} };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { error: `is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { error: 'must be an object such as { "ticket": "INC0012345" }' };
  }
  return { inputs: value as Record<string, Json> };
}
