import type { JsonValue } from "./json.ts";
import { LIMITS } from "./limits.ts";
import { child } from "./pointer.ts";
import { unstorable } from "./text.ts";
import type { ValueProblem } from "./value-schema.ts";

/**
 * Holds an unknown value to what JSON can say and to our bounds, before any schema looks at it: depth,
 * values, list items, characters. The walk is a loop, so depth cannot hurt it.
 */
export function boundValue(
  value: unknown,
):
  | { readonly ok: true; readonly value: JsonValue }
  | { readonly ok: false; readonly problem: ValueProblem } {
  const open: { value: unknown; pointer: string; depth: number }[] = [
    { value, pointer: "", depth: 0 },
  ];
  let values = 0;
  let characters = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { pointer, depth } = next;
    const refuse = (message: string) => ({ ok: false as const, problem: { pointer, message } });
    if (++values > LIMITS.inputValues)
      return refuse(`must hold at most ${LIMITS.inputValues} values in all`);
    if (depth > LIMITS.inputDepth)
      return refuse(`must not be nested deeper than ${LIMITS.inputDepth}`);
    const wrong = whyNotJson(next.value);
    if (wrong !== undefined) return refuse(wrong);
    if (typeof next.value === "string") characters += next.value.length;
    for (const [name, member] of membersOf(next.value)) {
      if (typeof name === "string") {
        characters += name.length;
        if (name === "__proto__" || unstorable(name) !== undefined)
          return refuse("has a property name that is not allowed");
      }
      open.push({ value: member, pointer: child(pointer, name), depth: depth + 1 });
    }
    if (characters > LIMITS.inputCharacters) {
      return refuse(`must hold at most ${LIMITS.inputCharacters} characters in all`);
    }
    if (open.length > LIMITS.inputValues)
      return refuse(`must hold at most ${LIMITS.inputValues} values in all`);
  }
  return { ok: true, value: value as JsonValue };
}

function whyNotJson(value: unknown): string | undefined {
  switch (typeof value) {
    case "string": {
      const bad = unstorable(value);
      return bad === undefined ? undefined : `must not contain the character ${bad.name}`;
    }
    case "number":
      return Number.isFinite(value) ? undefined : "must be a finite number";
    case "boolean":
      return undefined;
    case "object": {
      if (Array.isArray(value)) {
        return value.length <= LIMITS.inputListItems
          ? undefined
          : `must have at most ${LIMITS.inputListItems} items`;
      }
      const prototype: unknown = value === null ? null : Object.getPrototypeOf(value);
      return prototype === null || prototype === Object.prototype
        ? undefined
        : "must be a JSON value";
    }
    default:
      return "must be a JSON value";
  }
}

function membersOf(value: unknown): readonly (readonly [string | number, unknown])[] {
  if (Array.isArray(value)) return value.map((item, index) => [index, item] as const);
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}
