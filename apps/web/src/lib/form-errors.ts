import type { Problem } from "@aic-sos/contract/problem";
import { withAllowed } from "./with-allowed.ts";

/** A problem, split into what belongs beside a field and what belongs above the form. */
export interface FormErrors {
  /** Form field → sentence. */
  readonly fields: Readonly<Record<string, string>>;
  /** Sentences about things the form has no field for. */
  readonly rest: readonly string[];
}

/**
 * The one map from a problem's `errors` to a form. A path such as `config.instanceUrl` goes to the field of that name,
 * else to the longest field it lies under, which then says the rest of the path (`inputs.ticket` → `inputs`), else to
 * `rest`.
 * @param fieldNames the form's fields, as JSON paths of the input
 */
export function formErrors(
  problem: Problem | undefined,
  fieldNames: readonly string[],
): FormErrors {
  const fields: Record<string, string> = {};
  const rest: string[] = [];
  for (const { field, message, allowed } of problem?.errors ?? []) {
    const target = fieldFor(field, fieldNames);
    const below = target === undefined ? field : field.slice(target.length + 1);
    const sentence = `${below === "" ? "" : `${below}: `}${withAllowed(message, allowed)}`;
    if (target === undefined) rest.push(sentence);
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
