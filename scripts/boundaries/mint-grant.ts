import type { Rule } from "./rule.ts";

/** Grants come from decisions. */
export const grantsOnlyFromDecide: Rule = {
  id: "grants-only-from-decide",
  because:
    "A grant proves that decide() allowed something, so only decide.ts makes one: call decide(), in tests too, with a principal that may.",
  check: ({ files }) =>
    files
      .filter(({ path }) => path !== "packages/policy/src/decide.ts")
      .flatMap(({ path, uses, imports }) => [
        ...imports
          .filter(({ names }) => names.includes("mintGrant"))
          .map(({ line }) => ({ path, line, what: "imports mintGrant" })),
        ...uses
          .filter(({ name }) => /(?:^|\.)mintGrant(?:\(\))?$/.test(name))
          .map(({ line }) => ({ path, line, what: "calls mintGrant" })),
      ]),
};
