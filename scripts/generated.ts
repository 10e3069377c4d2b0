import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { printErrors } from "../apps/server/test/errors-page.ts";
import { openApiText } from "../apps/server/test/openapi-text.ts";
import { openApiTypes } from "../apps/server/test/openapi-types.ts";
import { printRoleMatrix } from "../packages/policy/src/role-matrix.ts";

interface Generated {
  /** Relative to the root. */
  readonly file: string;
  /** What the file must hold now. */
  readonly produce: () => string | Promise<string>;
}

// Committed, so that a change of rights or of the interface shows in the diff.
const GENERATED: readonly Generated[] = [
  { file: "packages/policy/role-matrix.txt", produce: printRoleMatrix },
  { file: "apps/server/openapi.json", produce: openApiText },
  { file: "apps/server/test/openapi.gen.ts", produce: openApiTypes },
  { file: "docs/errors.md", produce: printErrors },
];

const root = join(import.meta.dirname, "..");
const write = process.argv.includes("--write");
for (const { file, produce } of GENERATED) {
  const path = join(root, file);
  const wanted = await produce();
  const present = existsSync(path) ? readFileSync(path, "utf8") : undefined;
  if (present === wanted) continue;
  if (write) {
    writeFileSync(path, wanted);
    console.log(`wrote ${file}`);
  } else {
    console.log(`${file} is stale: run pnpm generate:files and commit it`);
    process.exitCode = 1;
  }
}
