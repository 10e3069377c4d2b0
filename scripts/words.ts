import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Forbidden {
  readonly pattern: RegExp;
  readonly why: string;
  readonly in: RegExp;
}

// Each pattern is spelled so that it does not match itself.
const FORBIDDEN: readonly Forbidden[] = [
  {
    pattern: /\/wor[k]\/|\/far[m]\/|\.librar[y]\/|far[m]-(?:studio|bench)/,
    why: "a path of one machine: use a path relative to the repository",
    in: /./,
  },
  {
    pattern: /registr[y]\.npm|de[b]\.debian|\/\/npm[.]pkg/,
    why: "the host of a registry: name the package, each machine knows its own registry",
    in: /./,
  },
  {
    pattern: /\b(?:TOD[O]|FIXM[E]|XX[X]|HAC[K])\b|not implemente[d]/,
    why: "unfinished work: finish it, or file an issue",
    in: /\.(?:tsx?|sql)$/,
  },
  {
    pattern: /\b(?:it|test|describe)\.(?:skip|todo|only|fixme)\b|expect\(true\)\.toBe\(tru[e]\)/,
    why: "a test that is switched off: mend it or delete it",
    in: /\.tsx?$/,
  },
  {
    pattern: /@ts-(?:ignor[e]|nochec[k])|\bas an[y]\b/,
    why: "a type given up: narrow it where the value comes in",
    in: /\.tsx?$/,
  },
];

/** One line for each place in `text` that may not be committed under `path`. */
export function forbiddenIn(path: string, text: string): string[] {
  const rules = FORBIDDEN.filter((rule) => rule.in.test(path));
  return text
    .split("\n")
    .flatMap((line, index) =>
      rules
        .filter(({ pattern }) => pattern.test(line))
        .map(({ why }) => `${path}:${index + 1} has ${why}`),
    );
}

if (import.meta.main) {
  const root = join(import.meta.dirname, "..");
  // Searched for as text; what git takes for binary is left out.
  const paths = execFileSync("git", ["grep", "-Il", "", "--", ".", ":!pnpm-lock.yaml"], {
    cwd: root,
    encoding: "utf8",
  });
  const found = paths
    .trimEnd()
    .split("\n")
    .flatMap((path) => forbiddenIn(path, readFileSync(join(root, path), "utf8")));
  for (const line of found) console.log(line);
  process.exitCode = found.length === 0 ? 0 : 1;
}
