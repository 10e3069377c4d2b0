import { isJsonList, isJsonObject, type JsonObject, type JsonValue, own } from "./json.ts";
import { SUBSCHEMAS } from "./json-schema-subset.ts";
import { child } from "./pointer.ts";

export type Located = { readonly schema: JsonObject; readonly pointer: string };

/** The schemas directly inside a schema, `$defs` included; `enum`, `const` and `default` hold values, not schemas. */
export function* subschemas({ schema, pointer }: Located): Generator<Located> {
  for (const keyword of SUBSCHEMAS.one) {
    yield* located(own(schema, keyword), child(pointer, keyword));
  }
  for (const keyword of SUBSCHEMAS.list) {
    const list = own(schema, keyword);
    if (!isJsonList(list)) continue;
    for (const [index, item] of list.entries())
      yield* located(item, child(child(pointer, keyword), index));
  }
  for (const keyword of SUBSCHEMAS.byName) {
    const named = own(schema, keyword);
    if (!isJsonObject(named)) continue;
    for (const [name, item] of Object.entries(named))
      yield* located(item, child(child(pointer, keyword), name));
  }
}

function* located(value: JsonValue | undefined, pointer: string): Generator<Located> {
  if (isJsonObject(value)) yield { schema: value, pointer };
}

/** A schema and everything inside it. Recursion is safe: the source's depth is bounded. */
export function* allSchemas(root: Located): Generator<Located> {
  yield root;
  for (const inner of subschemas(root)) yield* allSchemas(inner);
}

const REFERENCE = "#/$defs/";

/** The schema that `$ref` names, among the root's own `$defs`; undefined when there is none. */
export function referenced(reference: JsonValue | undefined, root: Located): Located | undefined {
  if (typeof reference !== "string" || !reference.startsWith(REFERENCE)) return undefined;
  const name = reference.slice(REFERENCE.length);
  const definitions = own(root.schema, "$defs");
  const schema = isJsonObject(definitions) ? own(definitions, name) : undefined;
  if (!isJsonObject(schema)) return undefined;
  return { schema, pointer: child(child(root.pointer, "$defs"), name) };
}
