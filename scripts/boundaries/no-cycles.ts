import { type Repository, resolveImport } from "./repository.ts";
import type { Rule, Violation } from "./rule.ts";

/** Files that import each other in a circle, types included: neither can be understood without the other. */
export const noCycles: Rule = {
  id: "no-cycles",
  because:
    "Files that import each other are one file in two pieces, and load in an order nobody chose: move what both need to a third file.",
  check: (repository) => {
    const graph = importGraph(repository);
    return stronglyConnected(graph)
      .filter((files) => files.length > 1)
      .map((files): Violation => {
        const [path = "", ...others] = files.toSorted();
        return { path, line: 1, what: `is in a circle with ${others.join(", ")}` };
      });
  },
};

/**
 * Packages that need each other in production. Development dependencies may close a circle: db's tests use testkit,
 * which uses db.
 */
export const noPackageCycles: Rule = {
  id: "no-package-cycles",
  because:
    "Packages that need each other can be neither installed nor understood alone: move what both need to a third, or hand it in.",
  check: ({ manifests }) => {
    const names = new Set(manifests.map(({ name }) => name));
    const graph = new Map(
      manifests.map(({ name, dependencies }) => [
        name,
        dependencies.filter((dependency) => names.has(dependency)),
      ]),
    );
    return stronglyConnected(graph)
      .filter((circle) => circle.length > 1)
      .map((circle): Violation => {
        const [first, ...others] = circle.toSorted();
        const folder = manifests.find(({ name }) => name === first)?.folder ?? "";
        const what = `is in a circle with ${others.join(", ")}`;
        return { path: `${folder}/package.json`, line: 1, what };
      });
  },
};

type Graph = ReadonlyMap<string, readonly string[]>;

function importGraph(repository: Repository): Graph {
  const known = new Set(repository.files.map(({ path }) => path));
  return new Map(
    repository.files.map(({ path, imports }) => [
      path,
      imports.flatMap(({ specifier }) => {
        const target = resolveImport(repository, path, specifier);
        return target !== undefined && known.has(target) ? [target] : [];
      }),
    ]),
  );
}

/** Tarjan, "Depth-first search and linear graph algorithms", 1972. */
function stronglyConnected(graph: Graph): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const components: string[][] = [];
  const visit = (node: string): number => {
    const own = index.size;
    index.set(node, own);
    low.set(node, own);
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!index.has(next)) low.set(node, Math.min(low.get(node) ?? own, visit(next)));
      else if (stack.includes(next)) {
        low.set(node, Math.min(low.get(node) ?? own, index.get(next) ?? own));
      }
    }
    const lowest = low.get(node) ?? own;
    if (lowest === own) components.push(stack.splice(stack.indexOf(node)));
    return lowest;
  };
  for (const node of graph.keys()) if (!index.has(node)) visit(node);
  return components;
}
