import { arrowRules } from "./arrows.ts";
import { environmentOnlyInConfig } from "./environment.ts";
import { fileSize, LONG_FILES } from "./file-size.ts";
import { grantsOnlyFromDecide } from "./mint-grant.ts";
import { moduleRules } from "./modules.ts";
import { noCycles, noPackageCycles } from "./no-cycles.ts";
import { oneOwnerRules } from "./one-owner.ts";
import { purePackageRules } from "./pure-packages.ts";
import type { Rule } from "./rule.ts";
import { serverRules } from "./server-inside.ts";

/** Every boundary of the house; all are errors. */
export const RULES: readonly Rule[] = [
  ...arrowRules,
  ...oneOwnerRules,
  ...purePackageRules,
  ...serverRules,
  ...moduleRules,
  noCycles,
  noPackageCycles,
  environmentOnlyInConfig,
  grantsOnlyFromDecide,
  fileSize(LONG_FILES),
];
