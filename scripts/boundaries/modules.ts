import { libraryOf, packageOf, resolveImport } from "./repository.ts";
import type { Rule } from "./rule.ts";

const PACKAGE_CODE = /^(?:packages|apps|e2e|bench)\//;
// Never installed for production.
const FOR_TESTS = /^(?:packages\/testkit|e2e|bench)\//;

/** How files may reach each other. */
export const moduleRules: readonly Rule[] = [
  {
    id: "packages-never-import-apps",
    because:
      "Packages are what apps are built of: move the code to a package. Only client may import the type AppRouter.",
    check: ({ files }) =>
      files
        .filter(({ path }) => path.startsWith("packages/"))
        .flatMap(({ path, isTest, imports }) =>
          imports
            .filter(({ specifier, typeOnly }) => {
              if (!/^@aic-sos\/(?:server|web|dev-idp)(?:\/|$)/.test(specifier)) return false;
              const isClient = path.startsWith("packages/client/");
              return !(
                isClient &&
                (isTest || (typeOnly && specifier === "@aic-sos/server/app-router"))
              );
            })
            .map(({ specifier, line }) => ({ path, line, what: `imports ${specifier}` })),
        ),
  },
  {
    id: "no-deep-imports",
    because:
      "What a package does not list in `exports` is its own business: import @aic-sos/<package>/<subpath>, or add the subpath.",
    check: (repository) =>
      repository.files
        .filter(({ path }) => PACKAGE_CODE.test(path))
        .flatMap(({ path, imports }) =>
          imports
            .filter(({ specifier }) => {
              const target = resolveImport(repository, path, specifier);
              if (!specifier.startsWith(".")) {
                return libraryOf(specifier)?.startsWith("@aic-sos/") && target === undefined;
              }
              const own = packageOf(repository, path)?.folder;
              return own !== undefined && !target?.startsWith(`${own}/`);
            })
            .map(({ specifier, line }) => ({ path, line, what: `imports ${specifier}` })),
        ),
  },
  {
    id: "declared-dependencies",
    because:
      "A package that is installed alone finds only what its package.json declares: add it to `dependencies` (devDependencies are for tests, tools and types), with catalog: or workspace:*.",
    check: (repository) =>
      repository.files.flatMap(({ path, isTest, imports }) => {
        const manifest = packageOf(repository, path);
        if (!manifest) return [];
        return imports.flatMap(({ specifier, line, typeOnly }) => {
          const library = libraryOf(specifier);
          if (library === undefined || library === manifest.name) return [];
          const isProduct = path.startsWith(`${manifest.folder}/src/`) && !FOR_TESTS.test(path);
          const mayBeDev = isTest || typeOnly || !isProduct;
          const declared =
            manifest.dependencies.includes(library) ||
            (mayBeDev && manifest.devDependencies.includes(library)) ||
            // The types of an untyped library stand for it.
            (typeOnly && manifest.devDependencies.includes(typesPackage(library)));
          return declared ? [] : [{ path, line, what: `imports ${specifier}` }];
        });
      }),
  },
  {
    id: "no-export-star",
    because:
      "`export *` hides what a file offers and where it comes from: list the names, or import the file that has them.",
    check: ({ files }) =>
      files.flatMap(({ path, starExports }) =>
        starExports.map((line) => ({ path, line, what: "has an export *" })),
      ),
  },
  {
    id: "no-barrels",
    because:
      "A file that only passes exports on makes everybody load everything, and makes cycles: list the subpath in package.json's `exports` instead.",
    check: ({ files }) =>
      files
        .filter(({ isBarrel }) => isBarrel)
        .map(({ path }) => ({ path, line: 1, what: "only passes exports on" })),
  },
  {
    id: "tests-stay-tests",
    because:
      "Product code that imports test tools would need them in production: move what both need out of the test file.",
    check: (repository) =>
      repository.files
        .filter(({ path, isTest }) => PACKAGE_CODE.test(path) && !isTest && !FOR_TESTS.test(path))
        .flatMap(({ path, imports }) =>
          imports
            .filter(
              ({ specifier }) =>
                /^(?:vitest|fast-check|@aic-sos\/testkit)(?:\/|$)/.test(specifier) ||
                /\.test(?:-support)?\.tsx?$/.test(specifier),
            )
            .map(({ specifier, line }) => ({ path, line, what: `imports ${specifier}` })),
        ),
  },
];

function typesPackage(library: string): string {
  return `@types/${library.replace(/^@(.+)\/(.+)$/, "$1__$2")}`;
}
