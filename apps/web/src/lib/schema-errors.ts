/** The part of a zod schema that a form needs. */
interface Checks {
  safeParse(input: unknown): {
    success: boolean;
    error?: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } | undefined;
  };
}

/**
 * Checks a form with the contract's own shape before anything is sent, so that both sides say the same.
 * @returns form field (as JSON path) → first sentence; empty when the input is fine
 */
export function schemaErrors(schema: Checks, input: unknown): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const issue of schema.safeParse(input).error?.issues ?? []) {
    const field = issue.path.map(String).join(".");
    errors[field] ??= issue.message;
  }
  return errors;
}
