import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { WorkflowDefinition } from "./definition.ts";

/**
 * What a version of a workflow is, in one line: `sha256:<hex>` over the RFC 8785 canonical JSON of the
 * definition. Comments, order of keys and layout of the YAML do not change it; order of steps does.
 */
export function workflowDigest(definition: WorkflowDefinition): string {
  const bytes = canonicalize(definition);
  if (bytes === undefined) throw new TypeError("a workflow definition is an object");
  return `sha256:${createHash("sha256").update(bytes, "utf8").digest("hex")}`;
}
