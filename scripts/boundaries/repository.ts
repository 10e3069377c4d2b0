import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { posix } from "node:path";
import { parseSourceFile, type SourceFile } from "./source-file.ts";

/** A workspace package, by what its package.json says. */
export interface Manifest {
  /** `@aic-sos/policy` */
  readonly name: string;
  /** `packages/policy` */
  readonly folder: string;
  /** Subpath to file: `./grant` to `./src/grant.ts`. */
  readonly exports: Readonly<Record<string, string>>;
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
}

/** All that the rules judge. */
export interface Repository {
  readonly files: readonly SourceFile[];
  readonly manifests: readonly Manifest[];
}

/** Reads the work tree under `root`: files that git tracks or would track. */
export function loadRepository(root: string): Repository {
  const paths = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  })
    .split("\n")
    .filter((path) => path !== "" && existsSync(join(root, path)));
  const read = (path: string): string => readFileSync(join(root, path), "utf8");
  return {
    files: paths
      .filter(
        (path) => /\.tsx?$/.test(path) && !/(?:^|\/)(?:generated|dist)\/|\.gen\.ts$/.test(path),
      )
      .map((path) => parseSourceFile(path, read(path))),
    manifests: paths
      .filter((path) => path.endsWith("/package.json"))
      .map((path) => parseManifest(posix.dirname(path), read(path))),
  };
}

/** What the rules need of a package.json. */
export function parseManifest(folder: string, text: string): Manifest {
  const json = JSON.parse(text) as {
    name: string;
    exports?: Record<string, string>;
    dependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
  };
  return {
    name: json.name,
    folder,
    exports: json.exports ?? {},
    dependencies: Object.keys(json.dependencies ?? {}),
    devDependencies: Object.keys(json.devDependencies ?? {}),
  };
}

/** The package that a file belongs to. */
export function packageOf(repository: Repository, path: string): Manifest | undefined {
  return repository.manifests.find(({ folder }) => path.startsWith(`${folder}/`));
}

/** `@scope/name/sub` and `name/sub` without the subpath; undefined for relative and `node:` specifiers. */
export function libraryOf(specifier: string): string | undefined {
  if (/^(?:\.|\/|node:|virtual:|#)/.test(specifier)) return undefined;
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

/** The file of this repository that an import reaches, if it is one: relative, or through a package's `exports`. */
export function resolveImport(
  repository: Repository,
  from: string,
  specifier: string,
): string | undefined {
  if (specifier.startsWith(".")) return posix.join(posix.dirname(from), specifier);
  const name = libraryOf(specifier);
  const manifest = repository.manifests.find((candidate) => candidate.name === name);
  const target = manifest?.exports[`.${specifier.slice(manifest.name.length)}`];
  return manifest && target ? posix.join(manifest.folder, target) : undefined;
}
