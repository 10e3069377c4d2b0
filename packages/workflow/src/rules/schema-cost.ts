import { own } from "../json.ts";
import { LIMITS } from "../limits.ts";
import type { Report } from "../report.ts";
import { type Located, referenced, subschemas } from "../schema-walk.ts";

/**
 * How many evaluations one place of a value can cost: every keyword-bearing schema counts once for each
 * way that leads to it, so `allOf` over the same `$ref` twice counts its target twice, and ten such levels a
 * thousand times. Needs references without circles (`checkReferences`).
 */
function schemaCost(root: Located): number {
  const known = new Map<string, number>();
  const cost = (at: Located): number => {
    const before = known.get(at.pointer);
    if (before !== undefined) return before;
    let total = own(at.schema, "uniqueItems") === true ? LIMITS.uniqueItemsCost : 1;
    const target = referenced(own(at.schema, "$ref"), root);
    if (target !== undefined) total += cost(target);
    for (const inner of subschemas(at)) total += cost(inner);
    known.set(at.pointer, total);
    return total;
  };
  return cost(root);
}

/** One value's schema is bounded. @returns its cost, or undefined when it is too high */
export function checkSchemaCost(root: Located, report: Report): number | undefined {
  const cost = schemaCost(root);
  if (cost <= LIMITS.schemaCost) return cost;
  const message =
    `checking this value can take ${cost > 1_000_000 ? "millions of" : cost} evaluations; ` +
    `at most ${LIMITS.schemaCost} (each schema counts once for each way that leads to it, ` +
    `uniqueItems counts ${LIMITS.uniqueItemsCost})`;
  report.at(root.pointer, "key", "schema-cost", message);
  return undefined;
}
