import type { Problem } from "@aic-sos/contract/problem";

/** A problem, split into what belongs beside a field and what belongs above the form. */
export interface FormErrors {
  /** Form field → sentence. */
  readonly fields: Readonly<Record<string, string>>;
  /** Sentences about things the form has no field for. */
  readonly rest: readonly string[];
}

/**
 * The one map from a problem's `errors` to a form. A path such as `config.instanceUrl` goes to the field of that name,
 * else to the longest field it lies under (`key.0` → `key`), else to `rest`.
 * @param fieldNames the form's fields, as JSON paths of the input
 */
export function formErrors(
  problem: Problem | undefined,
  fieldNames: readonly string[],
): FormErrors {
  const fields: Record<string, string> = {};
  const rest: string[] = [];
  for (const { field, message, allowed } of problem?.errors ?? []) {
    const sentence = allowed?.length ? `${message} (allowed: ${allowed.join(", ")})` : message;
    const target = fieldFor(field, fieldNames);
    if (target === undefined) rest.push(field === "" ? sentence : `${field}: ${sentence}`);
    else
      fields[target] = fields[target] === undefined ? sentence : `${fields[target]}; ${sentence}`;
  }
  return { fields, rest };
}

function fieldFor(path: string, fieldNames: readonly string[]): string | undefined {
  return fieldNames
    .filter((name) => path === name || path.startsWith(`${name}.`))
    .toSorted((one, other) => other.length - one.length)[0];
}
