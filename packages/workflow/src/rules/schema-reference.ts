import { quoted } from "../did-you-mean.ts";
import { isJsonObject, own } from "../json.ts";
import { child } from "../pointer.ts";
import type { Report } from "../report.ts";
import { allSchemas, type Located, referenced } from "../schema-walk.ts";

/**
 * `$ref` names a schema of the same input or output that is there, and never leads back to itself: a
 * recursive schema has no bound on what checking a value costs.
 * @returns whether all references are fine
 */
export function checkReferences(root: Located, report: Report): boolean {
  let fine = true;
  const definitions = own(root.schema, "$defs");
  const allowed = isJsonObject(definitions)
    ? Object.keys(definitions).map((name) => `#/$defs/${name}`)
    : [];
  for (const { schema, pointer } of allSchemas(root)) {
    const reference = own(schema, "$ref");
    if (reference === undefined || referenced(reference, root) !== undefined) continue;
    fine = false;
    const message = `${quoted(reference)} is not a schema of this value's own $defs`;
    report.at(child(pointer, "$ref"), "value", "schema-reference", message, allowed);
  }
  if (!fine) return false;
  const recursive = recursiveReference(root);
  if (recursive === undefined) return true;
  const message = "$ref leads back to itself; recursive schemas are not allowed";
  report.at(child(recursive, "$ref"), "value", "schema-reference", message);
  return false;
}

/** Pointer of a schema whose `$ref` closes a circle. Each schema is entered once. */
function recursiveReference(root: Located): string | undefined {
  const state = new Map<string, "open" | "done">();
  const visit = (at: Located): string | undefined => {
    state.set(at.pointer, "open");
    for (const inner of allSchemas(at)) {
      const target = referenced(own(inner.schema, "$ref"), root);
      if (target === undefined) continue;
      if (state.get(target.pointer) === "open") return inner.pointer;
      if (state.get(target.pointer) === "done") continue;
      const found = visit(target);
      if (found !== undefined) return found;
    }
    state.set(at.pointer, "done");
    return undefined;
  };
  const definitions = own(root.schema, "$defs");
  const names = isJsonObject(definitions) ? Object.keys(definitions) : [];
  for (const name of names) {
    const target = referenced(`#/$defs/${name}`, root);
    if (target === undefined || state.get(target.pointer) === "done") continue;
    const found = visit(target);
    if (found !== undefined) return found;
  }
  return undefined;
}
