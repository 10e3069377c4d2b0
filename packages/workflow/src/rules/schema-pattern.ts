import { quoted } from "../did-you-mean.ts";
import { isJsonObject, own } from "../json.ts";
import { compilePattern, PatternWork } from "../pattern.ts";
import { child } from "../pointer.ts";
import type { Report } from "../report.ts";
import { allSchemas, type Located } from "../schema-walk.ts";

/** Where patterns stand in a schema: `pattern`, and the names of `patternProperties`. */
export function patternsOf(
  root: Located,
): { source: string; pointer: string; part: "key" | "value" }[] {
  return [...allSchemas(root)].flatMap(({ schema, pointer }) => {
    const pattern = own(schema, "pattern");
    const byPattern = own(schema, "patternProperties");
    const named = isJsonObject(byPattern) ? Object.keys(byPattern) : [];
    const properties = child(pointer, "patternProperties");
    return [
      ...(typeof pattern === "string"
        ? [{ source: pattern, pointer: child(pointer, "pattern"), part: "value" as const }]
        : []),
      ...named.map((source) => ({
        source,
        pointer: child(properties, source),
        part: "key" as const,
      })),
    ];
  });
}

/** Every pattern compiles on RE2, which has no look-around and no back-references, and is not too large. */
export function checkPatterns(patterns: ReturnType<typeof patternsOf>, report: Report): boolean {
  let fine = true;
  for (const { source, pointer, part } of patterns) {
    try {
      compilePattern(source, new PatternWork());
    } catch (error) {
      fine = false;
      const reason = error instanceof Error ? error.message : String(error);
      const message = `pattern ${quoted(source)}: ${reason} (patterns are RE2: no look-around, no back-references)`;
      report.at(pointer, part, "schema-pattern", message);
    }
  }
  return fine;
}
