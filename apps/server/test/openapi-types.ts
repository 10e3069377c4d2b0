import { registerHooks } from "node:module";
import { openApiText } from "./openapi-text.ts";

const COMPILER = import.meta.resolve("typescript-5");

/** Types of the REST face, made from the OpenAPI document by the usual tool, for `openapi.gen.ts`. */
export async function openApiTypes(): Promise<string> {
  // It asks for `typescript`, which is version 7 here and has no compiler API.
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier === "typescript" ? COMPILER : specifier, context),
  });
  try {
    const { astToString, default: printTypes } = await import("openapi-typescript");
    const nodes = await printTypes(openApiText());
    return `// Made from openapi.json by \`pnpm generate:files\`.\n${astToString(nodes)}`;
  } finally {
    hooks.deregister();
  }
}
