import type { Step, ValueDeclarations } from "./definition.ts";

const APPROVAL_OUTPUTS: ValueDeclarations = {
  decision: {
    class: "metadata",
    optional: false,
    schema: { type: "string", enum: ["approved", "rejected", "expired"] },
  },
  decidedAt: {
    class: "metadata",
    optional: false,
    schema: { type: "string", format: "date-time" },
  },
};

/**
 * What later steps can read of a step: what it declares, or for an approval what every approval gives.
 * They are not part of the definition, so that a new one does not change the digest of an old workflow.
 */
export function outputsOf(step: Step): ValueDeclarations {
  return step.use === "approval" ? APPROVAL_OUTPUTS : step.outputs;
}
