import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { valid } from "../test/support.ts";

it("the workflow in the README is valid", () => {
  const readme = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");
  const [, source = ""] = /```yaml\n(apiVersion[\s\S]*?)```/.exec(readme) ?? [];
  expect(valid(source).metadata.name).toBe("hello-ticket");
});
