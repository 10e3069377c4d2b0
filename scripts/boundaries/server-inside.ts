import { libraryOf, resolveImport } from "./repository.ts";
import type { Rule } from "./rule.ts";

const FEATURE = /^apps\/server\/src\/features\/([^/]+)\//;

/** How the server is cut. */
export const serverRules: readonly Rule[] = [
  {
    id: "features-never-import-features",
    because:
      "A feature must be changeable without reading another: move what both need to a package, or let the router compose them.",
    check: (repository) =>
      repository.files.flatMap(({ path, imports }) => {
        const own = FEATURE.exec(path)?.[1];
        if (own === undefined) return [];
        return imports.flatMap(({ specifier, line }) => {
          const target = resolveImport(repository, path, specifier) ?? "";
          const other = FEATURE.exec(target)?.[1];
          if (other === undefined || other === own) return [];
          return [{ path, line, what: `imports ${target} of the feature ${other}` }];
        });
      }),
  },
  {
    id: "only-stores-import-db",
    because:
      "Within a feature only <noun>.store.ts imports db, so that each query of a noun is found in one file: add a store function that takes the grant.",
    check: ({ files }) =>
      files
        .filter(({ path, isTest }) => FEATURE.test(path) && !isTest && !path.endsWith(".store.ts"))
        .flatMap(({ path, imports }) =>
          imports
            .filter(({ specifier }) => libraryOf(specifier) === "@aic-sos/db")
            .map(({ specifier, line }) => ({ path, line, what: `imports ${specifier}` })),
        ),
  },
  {
    id: "devstack-only-in-main",
    because:
      "The embedded Postgres, the dev identity provider and the demo data must not reach production: only main.ts loads devstack, when no configuration is given.",
    check: ({ files }) =>
      files
        .filter(
          ({ path, isTest }) =>
            path.startsWith("apps/server/") && !isTest && path !== "apps/server/src/main.ts",
        )
        .flatMap(({ path, imports }) =>
          imports
            .filter(({ specifier }) => libraryOf(specifier) === "@aic-sos/devstack")
            .map(({ specifier, line }) => ({ path, line, what: `imports ${specifier}` })),
        ),
  },
];
