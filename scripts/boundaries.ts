import { join } from "node:path";
import { loadRepository } from "./boundaries/repository.ts";
import { RULES } from "./boundaries/rules.ts";

// Prints each place that breaks a boundary, and once for each broken rule why it is there and the way out.
const repository = loadRepository(join(import.meta.dirname, ".."));
const broken = RULES.map((rule) => ({ rule, violations: rule.check(repository) })).filter(
  ({ violations }) => violations.length > 0,
);
for (const { rule, violations } of broken) {
  console.log(`${rule.id}: ${rule.because}`);
  for (const { path, line, what } of violations) console.log(`  ${path}:${line} ${what}`);
}
console.log(
  `${RULES.length} boundaries over ${repository.files.length} files, ${broken.length} broken`,
);
process.exitCode = broken.length === 0 ? 0 : 1;
