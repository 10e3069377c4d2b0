import { posix } from "node:path";
import { parseManifest, type Repository } from "./repository.ts";
import { parseSourceFile } from "./source-file.ts";

/**
 * For tests: a repository of the given files (path to text). Its packages are those whose package.json is given, or
 * else all of the house, each declaring everything.
 */
export function plant(files: Readonly<Record<string, string>>): Repository {
  const entries = Object.entries(files);
  const given = entries.filter(([path]) => path.endsWith("/package.json"));
  return {
    files: entries
      .filter(([path]) => /\.tsx?$/.test(path))
      .map(([path, text]) => parseSourceFile(path, text)),
    manifests:
      given.length > 0
        ? given.map(([path, text]) => parseManifest(posix.dirname(path), text))
        : FOLDERS.map((folder) => parseManifest(folder, JSON.stringify(manifest(folder)))),
  };
}

const FOLDERS = [
  ...["server", "web", "dev-idp"].map((name) => `apps/${name}`),
  ...["contract", "policy", "audit", "auth", "keyring", "workflow", "guardrails"].map(inPackages),
  ...["db", "client", "devstack", "testkit"].map(inPackages),
  "e2e",
  "bench",
];

function inPackages(name: string): string {
  return `packages/${name}`;
}

function manifest(folder: string) {
  return {
    name: `@aic-sos/${folder.split("/").at(-1)}`,
    exports: { "./public": "./src/public.ts", "./app-router": "./src/app-router.ts" },
    dependencies: Object.fromEntries([...DECLARED, ...workspace()].map((name) => [name, "1.0.0"])),
    devDependencies: { vitest: "1.0.0", "@types/pg": "1.0.0" },
  };
}

const DECLARED = ["zod", "yaml", "jose", "openid-client", "express", "@prisma/client", "pg"];

function workspace(): string[] {
  return FOLDERS.map((folder) => `@aic-sos/${folder.split("/").at(-1)}`);
}
